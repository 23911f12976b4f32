"""The command line of the keys of plans."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput, Problem
from operations.console import print_document, say
from operations.plans.options import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from operations.pipeline.github_keys import Place


_NAME = re.compile("[a-z][a-z0-9]{0,11}")
"""What may be an environment, as its model says; the shell that runs what is printed is told nothing else."""


class KeysForm(StrEnum):
    """The form in which keys are told."""

    TEXT = "text"
    JSON = "json"
    GH = "gh"


def plan_keys(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ENV...", help="Environments whose keys are made, all that are planned at first."
        ),
    ],
    keys: Keys = None,
    form: Annotated[
        KeysForm,
        typer.Option(
            "--format",
            help="text for people, json for machines, gh for a shell: commands that put each where it goes.",
        ),
    ] = KeysForm.TEXT,
) -> None:
    """Make new keys for an environment's plans and say where each goes; with --keys, for a laptop, in that file."""
    from operations.pipeline.github_keys import commands, places
    from operations.plans.key_ring import read_keys, write_keys
    from operations.plans.keys import new_pairs

    strange = [name for name in names if not _NAME.fullmatch(name)]
    if strange:
        message = "is no name of an environment, which has at most 12 lower-case letters and digits"
        raise InvalidInput([Problem.of_file(repr(name), message) for name in strange])
    pairs = read_keys(keys) if keys is not None and keys.exists() else {}
    pairs |= {name: new_pairs() for name in names}
    found = list(places(list(dict.fromkeys(names)), pairs))
    if keys is not None:
        write_keys(keys, pairs)
    if form is KeysForm.GH:
        print_document("\n".join(commands(found)))
    elif form is KeysForm.JSON:
        print_document(json.dumps([asdict(place) for place in found], indent=2), is_json=True)
    elif keys is None:
        _print_places(found)
    else:
        say(f"{keys}: new keys of {', '.join(names)}; plans that were sealed before are refused")
        say(f"take them with --keys {keys}, or HYBRID_KEYS={keys}; docs/plan-keys.md says what each can do")


def plan_key() -> None:
    """Say that one key is no longer made."""
    message = (
        "makes no key any more: every environment has keys of its own, to seal, to review and to apply; "
        "make them with hybrid plan-keys ENV..., put each where docs/plan-keys.md says, and remove HYBRID_PLAN_KEY"
    )
    raise InvalidInput.of_file("hybrid plan-key", message)


def _print_places(found: Sequence[Place]) -> None:
    for environment in dict.fromkeys(place.environment for place in found):
        say(f"GitHub environment {environment}", style="bold")
        for place in found:
            if place.environment == environment:
                # Not wrapped: it is copied.
                print_document(f"  {place.kind} {place.name}\n    {place.value}")
