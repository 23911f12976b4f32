"""``hybrid adopt terraform``: an estate that other Terraform made comes under these files."""
