"""The Google Cloud entities."""
