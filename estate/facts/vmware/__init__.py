"""Facts about GKE on VMware."""
