"""``hybrid settle``: take out refactoring entries that every state has taken."""
