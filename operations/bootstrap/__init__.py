"""``hybrid bootstrap``: in which order the ground of an environment comes to be, by a person."""
