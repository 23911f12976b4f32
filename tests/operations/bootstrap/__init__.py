"""The order of a ground."""
