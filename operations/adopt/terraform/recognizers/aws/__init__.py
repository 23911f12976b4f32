"""Recognizers of what states hold of AWS."""
