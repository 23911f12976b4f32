"""The files of import, moved and removed entries, as verbs write them."""
