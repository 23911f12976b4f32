"""What follows from a google section."""
