"""What synthesis makes: the stacks, their order, the records of stateful addresses, lock files."""
