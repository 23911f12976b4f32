"""Who may do what: teams, the platform team, break-glass users, and the grants that follow from them."""
