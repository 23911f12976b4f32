"""checkov over the synthesized stacks, in a way in which it cannot pass by not looking."""
