"""Rules on what is made in vCenter."""
