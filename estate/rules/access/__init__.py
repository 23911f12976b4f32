"""Rules on teams, people and groups."""
