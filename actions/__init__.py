"""Rasa custom actions: each reads the tracker, asks `knowledge` what may be said, and replies."""
