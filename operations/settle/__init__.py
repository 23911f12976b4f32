"""``hybrid settle``: take out refactoring entries that have done their work."""
