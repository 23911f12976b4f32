"""What follows from the AWS half of an environment."""
