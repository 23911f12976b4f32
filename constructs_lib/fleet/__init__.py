"""The fleet: its features, its scopes, and what its members are set up with."""
