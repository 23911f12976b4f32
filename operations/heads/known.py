"""What stacks of this project are made of, from ``known.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from estate.model.base import Model

FILE: Final = Path(__file__).with_name("known.yaml")


class Known(Model):
    """What may stand in a stack that is planned with credentials."""

    providers: frozenset[str]
    """Sources of providers, as the bindings write them."""
    backends: frozenset[str]
    """Where state may lie."""
    blocks: frozenset[str]
    """What stands at the top of a stack."""
    settings: frozenset[str]
    """What stands in its terraform block."""
    running: frozenset[str]
    """Blocks by which something is run on the machine; nothing may have them."""
    never_called: frozenset[str]
    """Functions that no stack calls."""
    data: frozenset[str]
    """Types that are read."""
    resources: frozenset[str]
    """Types that are managed."""


@cache
def known() -> Known:
    """The file, read once."""
    return Known.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
