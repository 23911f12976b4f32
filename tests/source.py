"""This project's own files as tests look at them: modules, syntax, imports, texts."""

from __future__ import annotations

import ast
import inspect
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = frozenset(
    {
        "benchmarks",
        "constructs_lib",
        "estate",
        "fastsynth",
        "hybrid_kubernetes",
        "main",
        "manifests",
        "operations",
        "stacks",
        "tests",
    }
)


def classes(package: str) -> list[type]:
    """Every class that a package defines, rather than imports."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for _, value in inspect.getmembers(import_module(dotted), inspect.isclass):
            if value.__module__ == dotted:
                found.append(value)
    return found


def _files(*places: str) -> Iterator[Path]:
    """The Python files of packages, and files that are named themselves, relative to the root."""
    for place in places:
        found = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        yield from (path.relative_to(ROOT) for path in found)


def nodes(*places: str) -> Iterator[tuple[str, ast.AST]]:
    """Every syntax node of the packages and files, with its file and line."""
    for path in _files(*places):
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            yield f"{path}:{getattr(node, 'lineno', 0)}", node


@cache
def _imports(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """The imports of a file, which many tests ask for."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def imports(*places: str) -> list[tuple[str, str]]:
    """Dotted name of every module imported, with file and line; imports inside functions too."""
    found = []
    for path in _files(*places):
        for node in _imports(path):
            place = f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                found += [(place, alias.name) for alias in node.names]
            else:
                found.append((place, "." * node.level + (node.module or "")))
    return found


def import_graph(*places: str) -> dict[str, set[str]]:
    """Which of the modules in these packages and files each imports, inside functions and for types too.

    Whatever is imported runs the packages that it stands in before, so each module imports those. What a package
    finds in its folder and imports by a name that no file says (`estate.rules`) is not seen.
    """
    modules = {
        ".".join(file.with_suffix("").parts).removesuffix(".__init__"): file for file in _files(*places)
    }
    graph: dict[str, set[str]] = {}
    for name, file in modules.items():
        parts = name.split(".")
        wanted = graph.setdefault(name, {".".join(parts[:length]) for length in range(1, len(parts))})
        for node in _imports(file):
            if isinstance(node, ast.Import):
                wanted.update(alias.name for alias in node.names)
            else:
                # What is taken from a package is a module of it, or a name in its own file.
                below = {f"{node.module}.{alias.name}": node.module or "" for alias in node.names}
                wanted.update(one if one in modules else package for one, package in below.items())
        wanted &= modules.keys() - {name}
    return graph


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Modules that import each other, straight or through others: each circle once."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph[waiting.pop()] - found
            found |= new
            waiting += new
        return found

    # What imports nothing, or only what is gone from here, is in no circle; with most of it gone the rest is quick.
    left = dict(graph)
    while ends := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in ends:
            del left[name]
    ways = {name: reached(name) for name in left}
    found: list[set[str]] = []
    for name in left:
        circle = {other for other in ways[name] & ways.keys() if name in ways[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def top(module: str) -> str:
    """The top-level package of a dotted name."""
    return module.partition(".")[0]


def tracked_files() -> list[str]:
    """Path of every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip(f"needs a git checkout: {listed.stderr.decode().strip()}")
    names = sorted(set(filter(None, listed.stdout.decode().split("\0"))))
    return [name for name in names if (ROOT / name).is_file()]


def tracked_texts() -> list[tuple[str, str]]:
    """Path and text of every file that is or would be committed, binary ones left out."""
    found = []
    for name in tracked_files():
        try:
            found.append((name, (ROOT / name).read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def documents() -> list[tuple[Path, str]]:
    """Path and text of every document for people."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return [(path, path.read_text("utf-8")) for path in paths]
