"""Verbs as Markdown, from the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from operations.reference.commands import commands_markdown


class _Form(StrEnum):
    TEXT = "text"


def test_a_verb_has_its_arguments_and_options() -> None:
    """With what they say, what holds when they are absent, and the variable that stands for them."""
    app = typer.Typer()

    @app.callback()
    def top() -> None:
        """Say the name of the programme."""

    @app.command()
    def draw(
        name: Annotated[str, typer.Argument(metavar="ENV", help="The environment | one.")],
        form: Annotated[_Form, typer.Option("--form", help="How.", envvar="FORM")] = _Form.TEXT,
        file: Annotated[str | None, typer.Option("--file", metavar="FILE")] = None,
        *,
        loud: Annotated[bool, typer.Option("--loud", help="Whether.")] = False,
    ) -> None:
        """Draw it."""
        print(name, form, file, loud)

    @app.command(hidden=True)
    def old() -> None:
        """Be kept for those who still type it."""

    @app.command()
    def bare() -> None:
        """Take nothing."""

    assert commands_markdown(app, "tool") == (
        "## `tool draw`\n"
        "\n"
        "Draw it.\n"
        "\n"
        "`tool draw ENV`\n"
        "\n"
        "| argument or option | what it says | when absent | variable |\n"
        "| --- | --- | --- | --- |\n"
        "| `ENV` | The environment \\| one. | has to be said | - |\n"
        "| `--form` | How. | `text` | `FORM` |\n"
        "| `--file FILE` |  | - | - |\n"
        "| `--loud` | Whether. | - | - |\n"
        "\n"
        "## `tool bare`\n"
        "\n"
        "Take nothing.\n"
    )
