"""Pictures of an environment."""
