"""Every verb of the command line as Markdown, read out of the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer
from typer.main import get_command

from operations.help import named
from operations.texts.markdown import flowing, table_lines

_TITLES = ("argument or option", "what it says", "when absent", "variable")


def commands_markdown(app: typer.Typer, name: str) -> str:
    """A chapter for every verb that is not hidden, with its arguments and options."""
    parts = []
    for words, command in _verbs(get_command(app), name):
        arguments = " ".join(named(one) for one in command.params if one.param_type_name == "argument")
        lines = [f"## `{words}`", "", flowing(command.help or "")]
        if arguments:
            lines += ["", f"`{words} {arguments}`"]
        rows = [_row(one) for one in command.params if not one.hidden]
        lines += ["", *table_lines(_TITLES, rows)] if rows else []
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _verbs(command: Any, words: str) -> Iterator[tuple[str, Any]]:
    for name, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield f"{words} {name}", below
            yield from _verbs(below, f"{words} {name}")


def _row(parameter: Any) -> tuple[str, ...]:
    is_argument = parameter.param_type_name == "argument"
    names = named(parameter) if is_argument else ", ".join(parameter.opts)
    value = "" if is_argument or parameter.is_flag or not parameter.metavar else f" {parameter.metavar}"
    return (f"`{names}{value}`", flowing(parameter.help or ""), _absent(parameter), _variable(parameter))


def _absent(parameter: Any) -> str:
    default = parameter.default
    if parameter.required:
        return "has to be said"
    if default is None or default is False:
        return "-"
    return f"`{default.value if isinstance(default, Enum) else default}`"


def _variable(parameter: Any) -> str:
    return f"`{parameter.envvar}`" if parameter.envvar else "-"
