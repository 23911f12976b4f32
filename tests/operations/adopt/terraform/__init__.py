"""States of other Terraform that come under these files."""
