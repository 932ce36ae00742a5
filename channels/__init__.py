"""How messages reach the bot and replies leave it, one file a channel."""
