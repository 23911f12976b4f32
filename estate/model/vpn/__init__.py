"""The VPNs that join an environment's networks."""
