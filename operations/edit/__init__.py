"""Changing the environment files for a person: the text of one value, and files that change together."""
