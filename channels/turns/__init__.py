"""What happens to a message on every channel: kept, answered in its turn, replied to."""
