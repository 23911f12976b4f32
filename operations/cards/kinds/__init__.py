"""The kinds of entities, one module each, with its card."""
