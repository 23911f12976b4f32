"""What belongs to the fleet."""
