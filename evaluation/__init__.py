"""Measures how well the bot understands; nothing the bot runs with."""
