"""What follows from a fleet and its members."""
