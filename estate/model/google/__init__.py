"""Google Cloud's part of an environment."""
