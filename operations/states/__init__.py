"""What Terraform's states hold, and which refactoring entries they have taken."""
