"""Entries put into a file beside the environments': import, moved and removed ones of a stack, and others that are lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput
from estate.reading.yaml_source import read
from operations.files.yaml_entries import insert
from operations.schema_line import schema_line

_REFACTORING: Final = "refactoring.json"


def refactoring_file(folder: Path, stack: str) -> Path:
    """The file of a stack's entries, below the folder of the environment files."""
    return folder / "refactoring" / f"{stack}.yaml"


def with_entries(path: Path, text: str, block: str, lines: Sequence[str], schema: str = _REFACTORING) -> str:
    """The text of a file with more entries.

    Args:
        path: the file as it stands; it need not be there.
        text: its text, which may have been changed; empty for a new file.
        block: the key of the list: import, moved or removed.
        lines: the entries, as lines of a list.
        schema: the schema of a new file.

    Raises:
        InvalidInput: the block is written in a way that takes none.
    """
    has = path.exists() and block in read(path, shown(path), may_be_empty=True).data
    try:
        if has:
            return insert(text, (block,), lines)
        return insert(text or schema_line(path, schema), (), [f"{block}:", *(f"  {line}" for line in lines)])
    except ValueError as error:
        raise InvalidInput.of_file(shown(path), str(error), block) from None
