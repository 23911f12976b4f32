"""This project's own files as tests look at them: modules, syntax, imports, texts."""

from __future__ import annotations

import ast
import inspect
import subprocess
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def classes(package: str) -> list[type]:
    """Every class that a package defines, rather than imports."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for _, value in inspect.getmembers(import_module(dotted), inspect.isclass):
            if value.__module__ == dotted:
                found.append(value)
    return found


def nodes(*packages: str) -> Iterator[tuple[str, ast.AST]]:
    """Every syntax node of the packages, with its file and line."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def imports(*packages: str) -> list[tuple[str, str]]:
    """Dotted name of every module imported, with file and line; imports inside functions too."""
    found = []
    for place, node in nodes(*packages):
        if isinstance(node, ast.Import):
            found += [(place, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((place, "." * node.level + (node.module or "")))
    return found


def imported_modules(package: str) -> list[tuple[str, str]]:
    """Which module of a package imports which other one of it, by dotted names."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / package).rglob("*.py")
    }
    found = []
    for place, node in nodes(package):
        importer = place.partition(":")[0].removesuffix(".py").replace("/", ".")
        named = []
        if isinstance(node, ast.ImportFrom):
            named = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        found += [(importer, name) for name in named if name in names]
    return found


def circle(graph: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Those that lead to themselves, in alphabetical order; none where the graph has no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(sorted(set(error.args[1])))
    return ()


def top(module: str) -> str:
    """The top-level package of a dotted name."""
    return module.partition(".")[0]


def tracked_texts() -> list[tuple[str, str]]:
    """Path and text of every file that is or would be committed, binary ones left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip(f"needs a git checkout: {listed.stderr.decode().strip()}")
    found = []
    for name in sorted(set(filter(None, listed.stdout.decode().split("\0")))):
        try:
            found.append((name, (ROOT / name).read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found


def documents() -> list[tuple[Path, str]]:
    """Path and text of every document for people."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return [(path, path.read_text("utf-8")) for path in paths]
