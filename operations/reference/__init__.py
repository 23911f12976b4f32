"""The reference: every key of every file, and every verb, as pages below ``docs/reference/``."""
