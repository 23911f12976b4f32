"""The AWS entities of an environment."""
