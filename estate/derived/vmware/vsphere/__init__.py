"""What follows from a vSphere section."""
