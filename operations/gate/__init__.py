"""``hybrid gate``: whether an estate's files, and all that is derived from them, hold together."""
