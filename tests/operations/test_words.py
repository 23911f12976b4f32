"""Each word of the command line means one thing, whatever the verb."""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumMeta
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from operations.cli import app


def _verbs(command: Any, words: str = "") -> Iterator[tuple[str, Any]]:
    for name, below in command.commands.items():
        if hasattr(below, "commands"):
            yield from _verbs(below, f"{name} ")
        else:
            yield f"{words}{name}", below


OPTIONS = [
    pytest.param(option, id=f"{words} {option.opts[0]}")
    for words, verb in _verbs(get_command(app))
    for option in verb.params
    if option.param_type_name == "option" and not option.hidden
]
_FORMS = {"text", "terminal", "json", "markdown"}
"""A choice of two of them is a choice of a form."""


@pytest.mark.parametrize("option", OPTIONS)
def test_output_is_a_path_and_format_a_form(option: Any) -> None:
    """``--output`` names where something is written, ``--format`` how, and nothing else says either."""
    takes = option.type_descriptor.annotation
    is_form = isinstance(takes, EnumMeta) and len(_FORMS & {one.value for one in takes}) > 1

    assert ("--format" in option.opts) == is_form
    assert "--output" not in option.opts or takes is Path
