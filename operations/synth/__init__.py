"""``hybrid synth``: from environment files to Terraform stacks."""
