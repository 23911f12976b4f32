"""What stacks of this project are made of, from ``known.yaml`` and ``shapes.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from estate.model.base import Model

FILE: Final = Path(__file__).with_name("known.yaml")
SHAPES: Final = Path(__file__).with_name("shapes.yaml")


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
    called: frozenset[str]
    """Functions that a template may call."""
    files: tuple[str, ...]
    """Patterns of attributes by which a provider may read a file of the machine."""
    not_files: frozenset[str]
    """Attributes that these patterns fit and that are none."""
    fetched: Mapping[str, tuple[str, ...]]
    """Patterns of attributes by which a provider fetches something while it plans, by type."""
    named: frozenset[str]
    """Attributes by which data names one of the environment's own."""
    data: frozenset[str]
    """Types that are read."""
    resources: frozenset[str]
    """Types that are managed."""
    shapes: Mapping[str, frozenset[str]]
    """Templates that this project makes, names left out, by the place where they stand."""


@cache
def known() -> Known:
    """Both files, read once."""
    made, shapes = (yaml.safe_load(file.read_text("utf-8")) for file in (FILE, SHAPES))
    return Known.model_validate({**made, "shapes": shapes})
