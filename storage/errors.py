"""What can go wrong outside of what a visitor typed. No message ever holds personal data."""


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message names it and says what to put there."""


class EncryptionError(ConfigurationError):
    """The key doesn't fit what is stored, or isn't a key."""


class StorageError(Exception):
    """The database can't be read or written now; nothing of the transaction was kept."""
