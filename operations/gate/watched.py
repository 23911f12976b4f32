"""Whether Atlantis plans a stack when something changes that the stack is made of.

What it is made of is computed: the estate's files that git keeps, the code of this repository that is loaded by now,
with what lies beside it in its packages, and what set-up installs by. Left out: an environment that is made of fewer
files than its estate, since rules cross environments.

Patterns are those of `.dockerignore` (https://www.runatlantis.io/docs/repo-level-atlantis-yaml.html, in
runatlantis/atlantis at 078d0a8, read 2026-11-30): one that matches a folder matches what is in it, and the last one
that matches counts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Final

import yaml

from estate.reading.paths import first_few
from operations.artifacts.atlantis import FILE
from operations.git import tracked

_SET_UP: Final = (
    "cdktf.json",
    "main.py",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-bootstrap.lock",
    "requirements-runtime.lock",
    "requirements.lock",
    "requirements.txt",
    "setup.sh",
)
_NOT_OURS: Final = {"benchmarks", "manifests", "tests"}
"""What is in no stack: what measures, what runs in clusters, and tests, which load what they test."""
_PART: Final = re.compile(r"(\*\*/)|(\*\*)|(\*)|(\?)|([^*?])")
_SHOWN: Final = 5


def watched_findings(root: Path, folder: Path) -> Iterator[str]:
    """Say which files change stacks and are not watched by a project of ``atlantis.yaml``, where there is one.

    Args:
        root: the estate's root, absolute.
        folder: the folder of the environment files.
    """
    path = root / FILE
    if not path.is_file():
        return
    made_of = list(inputs(root, folder))
    missed: dict[tuple[str, ...], list[str]] = {}
    for name, patterns in _projects(path):
        if found := tuple(file for file in made_of if not is_watched(file, patterns)):
            missed.setdefault(found, []).append(name)
    for files, names in missed.items():
        yield (
            f"{FILE}: {first_few(names, _SHOWN)}: no plan is made when {first_few(files, _SHOWN)} changes, of which stacks "
            "are made; hybrid gate --write renews it, and what it still misses belongs into operations/artifacts/atlantis.py"
        )


def inputs(root: Path, folder: Path) -> Iterator[str]:
    """Every file of a repository that its stacks are made of, by its path from the root."""
    packages = {PurePath(path).parts[0] for path in _loaded(root)} - _NOT_OURS
    files = folder.absolute().relative_to(root).as_posix()
    for path in tracked(root):
        top = PurePath(path).parts[0]
        if path in _SET_UP or path.startswith(f"{files}/") or (top in packages and "/" in path):
            yield path


def _loaded(root: Path) -> Iterator[Path]:
    """The modules of this repository that are loaded, by their path from its root."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and Path(file).is_relative_to(root):
            yield Path(file).relative_to(root)


def _projects(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Each project with its patterns; a file that is none of ours has been found already."""
    try:
        document = yaml.safe_load(path.read_text("utf-8"))
    except (ValueError, yaml.YAMLError):
        return
    for project in _within(document, "projects") or ():
        patterns = _within(_within(project, "autoplan"), "when_modified") or ()
        yield str(_within(project, "name")), [str(pattern) for pattern in patterns]


def _within(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, Mapping) else None


def is_watched(path: str, patterns: Sequence[str]) -> bool:
    """Whether a change of a file makes a plan, by the patterns of `when_modified`."""
    matched = False
    for pattern in patterns:
        leaves_out = pattern.startswith("!")
        expression = "".join(map(_part, _PART.finditer(pattern.removeprefix("!"))))
        if re.fullmatch(f"{expression}(?:/.*)?", path, re.DOTALL):
            matched = not leaves_out
    return matched


def _part(found: re.Match[str]) -> str:
    folders, everything, word, letter, plain = found.groups()
    if folders:
        return "(?:.*/)?"
    if everything:
        return ".*"
    return "[^/]*" if word else "[^/]" if letter else re.escape(plain)
