"""``hybrid graph``: pictures of what an environment describes."""
