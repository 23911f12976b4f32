"""The on-prem entities: GKE clusters on VMware."""
