"""What ``hybrid update`` says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.console import say
from operations.update.update import Update

_NEXT = (
    "next: make check-estate shows what the new version changes in your Terraform; "
    "git diff --cached shows the files; commit them when both are right"
)


def refuse_loss(update: Update) -> NoReturn:
    """Refuse to take files over edits of one's own.

    Raises:
        InvalidInput: always; one problem a file.
    """
    message = (
        f"was edited here and changes in {update.new}; keep the edit by merging v{update.new} with git, "
        "or lose it by saying --discard-edits"
    )
    raise InvalidInput(Problem.of_file(path, message) for path in update.lost)


def print_update(update: Update, root: Path, *, written: bool) -> None:
    """Print what changes, what is lost and kept, what is new, and what comes next.

    Args:
        update: what was found.
        root: the checkout; where it is another than the current folder, it is named.
        written: whether it is done.
    """
    if root != Path.cwd():
        say(f"of the checkout {shown(root)}, whose hybrid this is:")
    if not (update.taken or update.gone):
        say(f"version {update.new}: every file of it stands here already")
    else:
        say(f"from version {update.old} to {update.new}{'' if written else ' (nothing is written yet)'}")
        _list("taken", update.taken)
        _list("removed", update.gone)
    _list("edited here, and lost" if written else "edited here, and lost with --discard-edits", update.lost)
    _list("edited here, and left alone", update.kept)
    if update.news:
        say(f"\n{update.news}\n")
    if update.taken or update.gone:
        say(_NEXT if written else f"next: hybrid update {update.new} --write")


def _list(title: str, paths: Iterable[str]) -> None:
    names = list(paths)
    if names:
        say(f"{title} ({len(names)}):")
        for name in names:
            say(f"  {name}")
