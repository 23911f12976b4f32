"""Recognizers of what Google Cloud holds, one an entity, in the order in which later ones refer to earlier ones."""
