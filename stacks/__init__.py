"""One Terraform stack per environment."""
