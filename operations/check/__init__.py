"""``hybrid check``: what the environment files describe, and whether they are right."""
