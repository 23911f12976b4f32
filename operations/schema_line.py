"""The first line of a YAML file, by which an editor knows what may stand in it.

The schemas stand with the product in a checkout. An estate elsewhere has copies in `.hybrid/schema/` of its root,
which `hybrid renew` writes; git does not keep them, since each version of the product has its own.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from operations.project import ROOT, root_of

COPIES: Final = Path(".hybrid") / "schema"
"""Where an estate that stands in no checkout has the schemas, below its root."""


def schema_folder(root: Path) -> Path:
    """The folder of the schemas for the estate whose root this is."""
    return ROOT / "estate" / "schema" if root == ROOT else root / COPIES


def schema_line(file: Path, schema: str, root: Path | None = None) -> str:
    """The line for ``file``, with its end.

    Args:
        file: where the text will stand.
        schema: name of the schema, such as refactoring.json.
        root: the estate's root; found from where the file stands when absent.
    """
    folder = Path(os.path.abspath(file)).parent  # noqa: PTH100 - links are left alone
    path = os.path.relpath(schema_folder(root or root_of(folder)) / schema, folder)
    return f"# yaml-language-server: $schema={Path(path).as_posix()}\n"
