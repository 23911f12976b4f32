"""What Terraform's providers say of themselves: schemas of the types in use, and what replaces an object."""
