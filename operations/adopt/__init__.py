"""``hybrid adopt``: say in this project's words what other tools described or made."""
