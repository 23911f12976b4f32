"""The fleet of an environment: its features, and who owns it where environments share one."""
