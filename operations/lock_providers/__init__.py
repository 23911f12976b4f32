"""``hybrid lock-providers``: provider lock files for every platform the team works on."""
