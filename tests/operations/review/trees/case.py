"""What a case is."""

from __future__ import annotations

Case = tuple[str, str, set[tuple[str, str]]]
"""The objects before and after, and what is found."""
