"""What tests wish of an estate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from operations.init.wishes import Said, Wishes, understand

UNTIL = "2099-12-31"

_SAID = Said("nk", "example.org", ("lab", "prod"), (), (), False, "europe-north1", "eu-west-1")  # noqa: FBT003 - positions are the dataclass's own


def wishes(**changes: Any) -> Wishes:
    """Wishes for two environments, with changes to what is said."""
    return understand(replace(_SAID, **changes))
