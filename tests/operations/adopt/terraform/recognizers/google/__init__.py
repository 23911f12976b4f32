"""Recognizers of what Google Cloud holds."""
