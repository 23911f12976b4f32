"""Facts about vSphere."""
