"""Files that verbs read and change: below all verbs, and knows none of them."""
