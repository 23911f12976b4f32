"""``hybrid init`` and ``hybrid renew``: an estate of one's own, and what the product writes beside it."""
