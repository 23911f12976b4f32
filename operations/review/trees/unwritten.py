"""Files of a tree in this repository that changed and are not what the environment files say.

A tree is made, so a reviewer reads the environment files; what stands in the tree beside that, an applier may read as it
likes. Both folders count where the path is another one: whoever applies the old one goes on reading it. Left out: files that
nobody changed, which the gate holds against the environment files, and a tree that lives in another repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from operations.review.trees.texts import Side, rendered, standing

_GONE: Final = "gone"
"""In place of what is in a file that is not there."""

_Files = Mapping[str, bytes | None]


def unwritten(base: Side, head: Side) -> dict[str, tuple[str, str]]:
    """Environment, "" for what is of none, and place in it of every such file, by its path from the top.

    Raises:
        InvalidInput: the head's files cannot be written as a tree.
        OSError: a file cannot be read.
    """
    gitops = head.estate.organization.gitops
    wanted = rendered(head.estate, gitops) if gitops and not gitops.repo else {}
    return {
        path: _place(path.removeprefix(folder).strip("/"))
        for folder in sorted({*_folders(base), *_folders(head)})
        for path, data in _changed(standing(base.root, folder), standing(head.root, folder), folder)
        if data != wanted.get(path, _GONE)
    }


def _folders(side: Side) -> list[str]:
    gitops = side.estate.organization.gitops
    return [gitops.path] if gitops and not gitops.repo else []


def _changed(before: _Files, after: _Files, folder: str) -> Iterator[tuple[str, bytes | str | None]]:
    """Every file that differs, by its path, with what is in it afterwards."""
    for name in sorted(before.keys() | after.keys()):
        data = after.get(name, _GONE)
        if data != before.get(name, _GONE):
            yield f"{folder}/{name}".rstrip("/"), data


def _place(name: str) -> tuple[str, str]:
    environment, _, rest = name.partition("/")
    return (environment, rest) if "/" in rest else ("", name)
