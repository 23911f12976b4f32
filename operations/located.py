"""Verbs that run in the root of an estate, from wherever they are started.

As git does: what a person names is relative to where the person stands, everything else to the root. The estate's
folder is named by ``--folder`` or the environment variable, or the nearest one upwards.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import typer

from estate.reading.problems import InvalidInput
from operations.console import say
from operations.former import of_today
from operations.help import Verb
from operations.leftovers import clear_leftovers
from operations.project import ENVIRONMENTS, VARIABLE, find_folder, root_of, within
from operations.report_file import REPORT
from operations.states.owned import keep_owned

_STARTED: ContextVar[Path | None] = ContextVar("started", default=None)
_STANDARD_STREAM = Path("-")
_DEFAULT: Final = "DEFAULT"


class Verbs(typer.Typer):
    """Verbs, each of which runs in the root of its estate."""

    def command(self, *words: Any, **settings: Any) -> Callable[[Any], Any]:
        """Add a verb."""
        return super().command(*words, cls=Located, **settings)


class Located(Verb):
    """A verb that runs in the root of the estate that a parameter names; where it is started without one.

    The parameter is ``folder`` for a verb that needs the environment files, ``place`` for one that can do without.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand the words behind it, former ones too; a shell that completes a line is told of none."""
        words = args if ctx.resilient_parsing else of_today(str(ctx.info_name), args)
        return list(super().parse_args(ctx, words))

    def invoke(self, ctx: Any) -> Any:
        """Run it there."""
        parameter = next((name for name in ("folder", "place") if name in ctx.params), None)
        if parameter is None:
            return super().invoke(ctx)
        how = ctx.get_parameter_source(parameter).name
        is_named = how != _DEFAULT
        folder = ctx.params[parameter] if is_named else find_folder(Path.cwd()) or ENVIRONMENTS
        if not folder.is_dir() and (is_named or parameter == "folder"):
            raise InvalidInput.of_file(folder, _nothing(folder, is_named=is_named))
        started, root = Path.cwd(), root_of(folder)
        if root != started or (how == "ENVIRONMENT" and within(root, folder) != ENVIRONMENTS):
            _say_where(folder)
        if root != started:
            ctx.params |= {
                name: _from(started, value)
                for name, value in ctx.params.items()
                if ctx.get_parameter_source(name).name != _DEFAULT
            }
        if root != started or not is_named:
            ctx.params[parameter] = within(root, folder)
        with _in(root, started):
            clear_leftovers(within(root, folder))
            keep_owned()
            return super().invoke(ctx)


@contextlib.contextmanager
def _in(root: Path, started: Path) -> Iterator[None]:
    """Run in ``root``; a verb that another one runs is started where that one was."""
    said = _STARTED.set(_STARTED.get() or started)
    try:
        with contextlib.chdir(root):
            yield
    finally:
        _STARTED.reset(said)


def as_given(word: str) -> Path:
    """The file that a person named inside of a longer word, such as NAME=FILE."""
    started = _STARTED.get()
    return Path(word) if started in {None, Path.cwd()} else started / word


def _from(started: Path, value: Any) -> Any:
    """What a person named, from elsewhere."""
    if isinstance(value, list):
        return [_from(started, one) for one in value]
    return started / value if isinstance(value, Path) and value != _STANDARD_STREAM else value


def _say_where(folder: Path) -> None:
    # Under cdktf, that has said it.
    if REPORT not in os.environ:
        say(f"hybrid: the estate in {_absolute(folder)}", stream=sys.stderr)


def _nothing(folder: Path, *, is_named: bool) -> str:
    absolute = _absolute(folder)
    if is_named:
        return f"is no folder (looked for {absolute}); name the folder that holds organization.yaml"
    return (
        f"is no folder, here or further up (looked for {absolute} and above); name the estate's with --folder or "
        f"{VARIABLE}, or make one with hybrid init"
    )


def _absolute(folder: Path) -> str:
    return os.path.abspath(folder)  # noqa: PTH100 - as a person would write it
