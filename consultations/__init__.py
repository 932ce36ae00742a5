"""Requests for a consultation: checked, kept, delivered, erased. Knows nothing of Rasa."""
