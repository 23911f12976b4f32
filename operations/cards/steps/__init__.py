"""What a person does by hand, where it takes more than a card: one subject a file, each with its source."""
