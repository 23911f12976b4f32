"""Plans that can be handed on: sealed, opened together, tied to a state of the repository."""
