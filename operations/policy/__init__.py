"""``hybrid policy``: what may not pass, or may not stay, although every file is right by itself."""
