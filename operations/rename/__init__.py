"""``hybrid rename``: another key for what stands, and an empty plan."""
