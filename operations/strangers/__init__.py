"""Telling what somebody did outside Terraform from what a provider, a service or the last apply moved."""
