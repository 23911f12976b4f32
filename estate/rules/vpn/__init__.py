"""Rules on VPNs."""
