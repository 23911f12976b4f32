"""The AWS entities."""
