"""What the bot may say: documents, the topics they answer, and the words they answer them with."""
