"""``hybrid reach``: whether this machine reaches what a plan of the companion stacks needs."""
