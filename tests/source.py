"""This project's own files as tests look at them: modules, syntax, imports, texts."""

from __future__ import annotations

import ast
import inspect
import subprocess
from collections.abc import Iterator
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


def import_graph(*places: str) -> dict[str, set[str]]:
    """Which of the modules in these packages and files each imports, inside functions and for types too."""
    files = [
        file.relative_to(ROOT)
        for place in places
        for file in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))
    ]
    modules = {".".join(file.with_suffix("").parts).removesuffix(".__init__"): file for file in files}
    graph: dict[str, set[str]] = {}
    for name, file in modules.items():
        wanted = graph.setdefault(name, set())
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                wanted.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
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

    ways = {name: reached(name) for name in graph}
    found: list[set[str]] = []
    for name in graph:
        circle = {other for other in ways[name] if name in ways[other]}
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
