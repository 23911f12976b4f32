"""One recognizer an entity: what of a state it is made of, and what the environment file says of it."""
