"""Telegram: updates come in by webhook, replies go out through the Bot API."""
