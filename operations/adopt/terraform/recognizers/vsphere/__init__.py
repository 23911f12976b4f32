"""Recognizers of what stands in vCenter, one an entity."""
