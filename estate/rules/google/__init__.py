"""Rules on what is in Google Cloud."""
