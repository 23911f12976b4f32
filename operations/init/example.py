"""Whether an estate is the example that the product comes with, or came with, as it came.

Its digests are data, because a checkout need not be a repository of git. `python -m operations.init.example` adds those of
the example that the product ships; those of before stay, since who never touched theirs may have any of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import yaml

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.project import ENVIRONMENTS, ROOT, SNAPSHOTS

FILE: Final = Path(__file__).parent / "example.json"
"""Every example that the product came with, the newest last: digests by file, below the folder of the environment files."""

_DOMAIN: Final = "example.com"
"""The domain of the example, which nobody's own estate has: it is kept for documents (RFC 2606)."""

_MODELINE: Final = "# yaml-language-server: "


def refuse_another(folder: Path, state: Path) -> None:
    """Refuse a folder that is anything but the untouched example.

    Args:
        folder: the folder of the environment files.
        state: the folder of local states; one of the example's must not be forgotten.

    Raises:
        InvalidInput: every file that differs, is missing or is none of its.
    """
    problems = [Problem.of_file(shown(folder / name), what) for name, what in _differences(folder)]
    applied = sorted(state.rglob("*.tfstate")) if state.is_dir() else []
    problems += [Problem.of_file(shown(path), _APPLIED) for path in applied]
    if problems:
        raise InvalidInput(problems)


_OWN: Final = "init replaces only the untouched example; make another estate elsewhere with --into DIR"
_APPLIED: Final = (
    "is the state of something that was applied from here; destroy that and remove the file first"
)


def _differences(folder: Path) -> Iterator[tuple[str, str]]:
    there = digests(folder)
    known = min(reversed(_known(FILE)), key=lambda one: len(one.items() ^ there.items()))
    for name in sorted(known.keys() | there.keys()):
        if name not in there:
            yield name, f"is missing of the example; {_OWN}"
        elif name not in known:
            yield name, f"is no file of the example; {_OWN}"
        elif there[name] != known[name]:
            yield name, f"is not as the example has it; {_OWN}"


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that people write, modelines left out: they name the schema from where the file stands."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(_content(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent != folder / SNAPSHOTS
    }


def _content(path: Path) -> bytes:
    first, _, rest = path.read_bytes().partition(b"\n")
    return rest if first.startswith(_MODELINE.encode()) else first + b"\n" + rest


def write(file: Path = FILE, folder: Path = ROOT / ENVIRONMENTS) -> None:
    """Add the digests of the example that stands in a folder, where they are new; nothing of somebody's own estate."""
    known, there = _known(file), digests(folder)
    document = yaml.safe_load((folder / "organization.yaml").read_text("utf-8"))
    if document["domain"] == _DOMAIN and there not in known:
        file.write_text(json.dumps([*known, there], indent=2) + "\n", "utf-8")


def _known(file: Path) -> Sequence[Mapping[str, str]]:
    found: list[Mapping[str, str]] = json.loads(file.read_text("utf-8"))
    return found


if __name__ == "__main__":
    write()
