"""What a pull request goes through: plans that are sealed, reviewed and applied as they were reviewed."""
