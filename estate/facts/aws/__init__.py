"""Facts about AWS."""
