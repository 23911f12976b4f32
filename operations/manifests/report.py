"""What ``hybrid manifests`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from operations.console import say
from operations.manifests.tree import Tree, notes
from operations.options import NOT_WRITTEN
from operations.texts.counting import count

WELL = "the tree is what the files say"
"""What is said when nothing differs."""


def print_changed(tree: Tree, changed: Sequence[Path], *, written: bool) -> None:
    """Print what was written, or what would be, and what else stands there."""
    for path in changed:
        if path in tree.stale:
            say(f"{path} {'taken away' if written else 'is asked for no more'}")
        else:
            say(f"{path} {'written' if written else 'is not what the files say'}")
    for note in notes(tree):
        say(f"note: {note}")
    if not changed:
        say(WELL)
    elif written:
        say(f"{count(len(changed), 'file')} changed; review the difference and commit it")
    else:
        say(NOT_WRITTEN)
