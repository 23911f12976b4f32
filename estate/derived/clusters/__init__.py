"""What runs in the member clusters: what each gets, where it lies, who applies it."""
