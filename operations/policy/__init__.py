"""``hybrid policy``: what may not stay as it is, although every file is right by itself."""
