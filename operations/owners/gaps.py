"""What of a repository's CODEOWNERS leaves open that which judges a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput
from operations.git import tracked
from operations.owners.codeowners import END, JUDGES, PLACES, find_owners, read_owners
from operations.owners.shipped import PLACEHOLDER, codeowners_text

_SHOWN: Final = 5


def owner_findings(root: Path, *, checkout: bool) -> Iterator[str]:
    """Say what is wrong with the file, and which files that judge have no owner or are not named as judging.

    A repository without the file has no owners to lose, and nobody has to use GitHub.

    Args:
        root: the repository's root.
        checkout: whether the product's code stands in it.
    """
    try:
        found = find_owners(root)
    except InvalidInput as error:
        yield from map(str, error.problems)
        return
    if found is None:
        return
    place, owners = found
    shipped = read_owners(codeowners_text((), checkout=checkout))
    judging = [path for path in tracked(root) if shipped.judge(path)]
    if orphans := [path for path in judging if not owners.of(path)]:
        yield f"{place}: nobody owns {first_few(orphans, _SHOWN)}; the last line that matches counts, so name a team there"
    if unnamed := [path for path in judging if not owners.judge(path)]:
        yield f"{place}: no line between {JUDGES} and {END} names {first_few(unnamed, _SHOWN)}, of what judges; put one there"


def placeholder_notes(root: Path) -> Iterator[str]:
    """Say that nobody has been named yet."""
    for place in PLACES:
        if (root / place).is_file() and PLACEHOLDER in (root / place).read_text("utf-8", errors="replace"):
            yield f"{place} says {PLACEHOLDER}, whom GitHub does not know, so nobody is asked; put your own there"
