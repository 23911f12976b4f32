"""``hybrid salvage``: import entries for what an apply that ended badly left outside of the state."""
