"""Rules on an aws section."""
