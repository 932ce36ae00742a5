"""The conversation that fills a request: which question comes next, and what an entry means.

Knows neither Rasa nor texts: it says by name what is to be said.
"""
