"""Which trees a review compares that somebody runs in a checkout: of the checkout that the base's stacks stand in, and here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from estate.reading.estate_loader import load_estate
from operations.review.trees.texts import Side

_ORGANIZATION: Final = "organization.yaml"


def compared(base: Path | None, folder: Path) -> tuple[Side, Side] | None:
    """Both sides; None where the base's stacks stand in no checkout of their own, or no estate is here.

    Args:
        base: the base's cdktf.out, where it is named.
        folder: the folder of the environment files, below the estate's root.

    Raises:
        InvalidInput: the files of one of them are wrong.
    """
    if base is None or folder.is_absolute() or not (folder / _ORGANIZATION).is_file():
        return None
    root = base.absolute().parent
    if root.samefile(Path()) or not (root / folder / _ORGANIZATION).is_file():
        return None
    merged = root / folder
    return Side(load_estate(merged), merged.parent), Side(load_estate(folder), folder.parent)


def has_tree(folder: Path) -> bool:
    """Whether the estate here has one.

    Raises:
        InvalidInput: its files are wrong.
    """
    return (folder / _ORGANIZATION).is_file() and load_estate(folder).organization.gitops is not None
