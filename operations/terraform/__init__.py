"""Running Terraform: one runner, which tells no secret."""
