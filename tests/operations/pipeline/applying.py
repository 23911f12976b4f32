"""Applying a sealed plan of dev, or one that somebody else sealed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from operations.cli import main
from operations.plans.about import About
from operations.plans.key_ring import KeyRing
from operations.plans.options import now
from operations.plans.sealed_plan import StoredPlan, open_stored, seal


def apply(*options: str) -> int:
    """Run the command for dev."""
    return main(["apply", "dev", "--plan=plans/dev.plan", *options])


def change(path: Path, edit: Callable[[About, StoredPlan], tuple[About, StoredPlan]]) -> None:
    """Seal something else with the right keys."""
    ring = KeyRing({}, Path(os.environ["HYBRID_KEYS"]))
    about, opened = open_stored(path, ring.applying, now())
    stored = StoredPlan(opened.plan, json.dumps(opened.shown).encode(), opened.lock)
    seal(path, *edit(about, stored), ring.sealing("dev"))
