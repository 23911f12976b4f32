"""The bootstrap stacks of two of the example's environments, if their files said what they stand on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from estate.derived.stack_plan import bootstrap_stack
from estate.reading.estate_loader import load_estate
from operations.artifacts.building import build
from operations.artifacts.stack_json import read_stack
from tests.example import ENVIRONMENTS

GROUND = {
    "github": {"repository": "kl/estate", "repository_id": 4711, "owner_id": 815},
    "project": {"id": "kl-ground", "number": 555555555555},
}
"""What such a file says; the state of dev is in Cloud Storage, that of prod in S3."""


@cache
def _text(name: str) -> str:
    with TemporaryDirectory() as place:
        folder = Path(place) / "environments"
        folder.mkdir()
        for path in ENVIRONMENTS.glob("*.yaml"):
            more = f"bootstrap: {json.dumps(GROUND)}\n" if path.stem == name else ""
            (folder / path.name).write_text(path.read_text("utf-8") + more, "utf-8")
        build(load_estate(folder), [name], Path(place) / "out")
        return json.dumps(read_stack(Path(place) / "out", bootstrap_stack(name)))


def ground_of(name: str) -> dict[str, Any]:
    """The bootstrap stack of an environment, as synthesized, to be changed."""
    found: dict[str, Any] = json.loads(_text(name))
    return found
