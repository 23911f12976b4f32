"""Recognizers of AWS."""
