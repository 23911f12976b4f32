"""Each word of the command line means one thing, whatever the verb."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from operations.cli import app
from operations.project import ROOT


def _verbs(command: Any, words: str = "") -> Iterator[tuple[str, Any]]:
    for name, below in command.commands.items():
        if hasattr(below, "commands"):
            yield from _verbs(below, f"{name} ")
        else:
            yield f"{words}{name}", below


VERBS = dict(_verbs(get_command(app)))
OPTIONS = [
    pytest.param(option, id=f"{words} {option.opts[0]}")
    for words, verb in VERBS.items()
    for option in verb.params
    if option.param_type_name == "option" and not option.hidden
]
_FORMS = {"text", "json", "markdown"}
"""A choice of two of them is a choice of a form."""


@pytest.mark.parametrize("option", OPTIONS)
def test_output_is_a_path_and_format_a_form(option: Any) -> None:
    """``--output`` names where something is written, ``--format`` how, and nothing else says either."""
    takes = option.type_descriptor.annotation
    is_choice = isinstance(takes, type) and issubclass(takes, StrEnum)
    is_form = is_choice and len(_FORMS & set(takes)) > 1

    assert ("--format" in option.opts) == is_form
    assert "--output" not in option.opts or takes is Path


@pytest.mark.parametrize("option", OPTIONS)
def test_a_plan_is_a_file_and_nothing_is_called_a_trial(option: Any) -> None:
    """What writes shows first by itself, so no word is needed for that."""
    assert "--dry-run" not in option.opts
    assert "--plan" not in option.opts or option.type_descriptor.annotation is Path


_SHOWN_FIRST = {
    "adopt aws-cluster",  # until 2027-03-17
    "adopt gkectl",
    "adopt terraform",
    "bootstrap",
    "gate",
    "manifests",
    "renew",
    "rename",
    "salvage",
    "settle",
    "update",
    "upgrade",
}
"""They change files that people keep and have edited."""

_AT_ONCE = {
    "init",  # makes what is not there, and writes over nothing of anybody's
    "lock-providers",  # like synth: what it records follows from the files, and is not edited
    "adopt management-service",  # until 2027-03-17; writes the new file that --imports names
    "github approvals",  # the file that --output names
    "github unpack",  # makes what is not there
    "drift",  # like the reviews: writes the file that --output names
    "review",
    "review-plans",
}
"""They write what nobody has edited, or the file that they are told to."""


def test_verbs_that_change_what_people_keep_show_it_first() -> None:
    """And write with ``--write``."""
    writing = {words for words, verb in VERBS.items() if any("--write" in one.opts for one in verb.params)}

    assert writing == _SHOWN_FIRST


def test_it_is_known_of_every_verb_that_writes() -> None:
    """A new one stands in one of the two lists."""
    known = {VERBS[words].callback.__module__.split(".")[1] for words in _SHOWN_FIRST | _AT_ONCE}
    rooms = {path.parent for path in (ROOT / "operations").glob("*/command.py")}
    files = [path for room in rooms for path in room.rglob("*.py")]
    writing = {path for path in files if "operations.files.writing" in path.read_text("utf-8")}

    assert writing
    assert {path.relative_to(ROOT / "operations").parts[0] for path in writing} <= known
