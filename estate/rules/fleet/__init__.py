"""Rules on fleets and their members."""
