"""What the files in environments/policy/ say: waivers, and checks of checkov that are not asked."""
