"""The databases: opened, encrypted, brought up to date; nothing of what they hold."""
