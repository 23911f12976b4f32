"""Recognizers of what stands in vCenter."""
