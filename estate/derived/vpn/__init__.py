"""What follows from an environment's VPNs."""
