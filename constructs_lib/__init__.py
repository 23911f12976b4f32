"""Logical entities as constructs: each translates its configuration and decides nothing."""
