"""``hybrid promotion``: what is ahead where, and what takes its turn too early."""
