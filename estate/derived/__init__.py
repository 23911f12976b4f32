"""What follows from the model: computed once, for stacks, checks and people alike."""
