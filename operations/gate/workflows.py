"""Whether the pipelines beside an estate still fit it: ``atlantis.yaml``, and what GitHub's workflows call.

Left out: whether GitHub takes the workflows, which only its own language service knows, and what they may do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from estate.reading.paths import nearest, shown
from operations.artifacts.atlantis import FILE, atlantis_yaml
from operations.artifacts.estate_stacks import Stack
from operations.texts.difference import difference

_CALL = re.compile(r"(?:^\s*|[;&|(]\s*|bin/)hybrid\s+([a-z][-a-z]*)", re.MULTILINE)
_PATTERNS = ("workflows/*.yml", "workflows/*.yaml", "actions/*/action.yml", "actions/*/action.yaml")
_PINNED = re.compile(r"([.$]/|docker://.+@sha256:).*|.+@[0-9a-f]{40}")


def atlantis_findings(path: Path, stacks: Sequence[Stack]) -> Iterator[str]:
    """Say how ``atlantis.yaml`` differs from what the stacks make of it; a team without Atlantis has none."""
    text = atlantis_yaml(stacks).encode("utf-8")
    if path.is_file() and (differs := difference(path.read_bytes(), text, FILE)):
        yield f"{shown(path)}: is not that of these stacks; hybrid gate --write renews it\n{differs}"


def workflow_findings(folder: Path, verbs: Collection[str]) -> Iterator[str]:
    """Say which workflow of ``folder`` calls a verb there is not, or hands its rights to code that can change.

    Args:
        folder: the ``.github`` folder; one that is not there says nothing. Files that do not call ``hybrid`` are
            not this project's to judge.
        verbs: every verb of ``hybrid``.
    """
    for path in sorted(path for pattern in _PATTERNS for path in folder.glob(pattern)):
        try:
            steps = list(_steps(yaml.safe_load(path.read_text("utf-8"))))
        except (ValueError, yaml.YAMLError) as error:
            yield f"{shown(path)}: is not YAML: {str(error).splitlines()[0]}"
            continue
        calls = [verb for step in steps for verb in _CALL.findall(str(step.get("run", "")))]
        for verb in sorted(set(calls) - set(verbs)):
            meant = nearest(verb, verbs)
            yield f"{shown(path)}: calls hybrid {verb}, which there is not{f'; did you mean {meant}?' if meant else ''}"
        for action in sorted({str(step["uses"]) for step in steps if "uses" in step} if calls else ()):
            if not _PINNED.fullmatch(action):
                yield f"{shown(path)}: uses {action}, whose code can change; pin it by its commit (40 hex digits)"


def _steps(document: Any) -> Iterator[dict[str, Any]]:
    """Every step, however deep: jobs and composite actions have theirs in different places."""
    if isinstance(document, list):
        for inner in document:
            yield from _steps(inner)
    elif isinstance(document, dict):
        if "run" in document or "uses" in document:
            yield document
        for inner in document.values():
            yield from _steps(inner)
