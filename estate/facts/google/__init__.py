"""Facts about Google Cloud."""
