"""The VPNs of an environment and their rules."""
