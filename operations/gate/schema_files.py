"""Whether an editor takes every YAML file of an estate: by the schema of its kind, which its modeline names.

The model decides what is right; a schema is made from it, and has to agree. Left out: whether a schema that a
modeline names by address is the right one, which nobody without a network can say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from estate import schema_export
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, examine
from operations.review import schemas as review_schemas

_ACKNOWLEDGEMENTS = review_schemas.FOLDER / "acknowledgements.json"
_KINDS = {
    # By the file's folder and, where that holds several kinds, by its name.
    "organization.yaml": schema_export.FOLDER / "organization.json",
    "policy/waivers.yaml": schema_export.FOLDER / "waivers.json",
    "policy/skipped_checks.yaml": schema_export.FOLDER / "skipped_checks.json",
    "promotion/acknowledgements.yaml": _ACKNOWLEDGEMENTS,
    "review/acknowledgements.yaml": _ACKNOWLEDGEMENTS,
    "refactoring": schema_export.FOLDER / "refactoring.json",
    ".": schema_export.FOLDER / "environment.json",
}
_MODELINE = re.compile(r"^#\s*yaml-language-server:\s*\$schema=(\S+)", re.MULTILINE)


def schema_findings(folder: Path) -> Iterator[str]:
    """Say what an editor would refuse, and which modeline leads nowhere.

    Args:
        folder: the folder of the environment files.

    Raises:
        InvalidInput: a file cannot be read.
    """
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder)
        schema = _KINDS.get(name.as_posix()) or _KINDS.get(name.parent.as_posix())
        if schema is None or path.name.startswith("."):
            continue
        source, wrong = examine(path, shown(path), may_be_empty=True)
        problems += wrong
        if source is not None:
            yield from _refused(source, schema)
            yield from _astray(path, schema)
    if problems:
        raise InvalidInput(problems)


def _refused(source: Source, schema: Path) -> Iterator[str]:
    rules: dict[str, Any] = json.loads(schema.read_text("utf-8"))
    for whole in Draft202012Validator(rules).iter_errors(source.data):
        # Of the alternatives that a section is none of, the mistake in the one that was meant.
        error = best_match([whole]) or whole
        message = f"is refused by {schema.name}, and so by an editor: {error.message}"
        yield str(source.problem(tuple(error.absolute_path), message))


def _astray(path: Path, schema: Path) -> Iterator[str]:
    """Say what is wrong with the file's modeline; one without is its author's choice."""
    found = _MODELINE.search(path.read_text("utf-8"))
    if not found or "://" in found[1]:
        return
    named = path.parent / found[1]
    if not named.is_file():
        yield f"{shown(path)}: its modeline names {found[1]}, which is not there; name {schema.name} of this project"
    elif named.read_bytes() != schema.read_bytes():
        yield f"{shown(path)}: its modeline names {found[1]}, which is not {schema.name} of this version"
