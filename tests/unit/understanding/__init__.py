"""Tests of what needs no Rasa to understand a message."""
