"""What a visitor's words mean: no Rasa inside."""
