"""``hybrid upgrade``: take the next legal step to a version, and say what people do for it."""
