"""The on-prem half of an environment: GKE clusters on VMware."""
