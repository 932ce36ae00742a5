"""Rasa NLU components of our own: from a visitor's text to what is meant."""
