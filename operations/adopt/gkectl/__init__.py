"""``hybrid adopt gkectl``: clusters that gkectl made, from its configuration files to an environment."""
