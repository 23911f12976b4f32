"""Rules on the clusters on VMware."""
