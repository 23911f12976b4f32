"""How long synthesis takes, beside the same resources made in other ways; ``make bench`` runs it."""
