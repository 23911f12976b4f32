"""What of the suite counts for coverage, which doubles the time of what is Python.

A line is reached by a test that says so: what a long test over the whole estate reaches by chance is no proof, and is
not measured. Three things are left out: generated examples, deployments and tests that are marked ``unmeasured``;
and, outside the tests of the model and of the constructs themselves, reading an estate and synthesizing it. Tests of
verbs, which take both for granted, are given what an earlier one read and synthesized of the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Final, ParamSpec, TypeVar

import pytest
from coverage import Coverage
from pydantic import BaseModel

import constructs_lib
import estate
import manifests
import operations
import stacks
from estate.derived.share import shares
from estate.model.estate import Estate
from estate.reading.estate_loader import _File, _Loading
from estate.reading.paths import shown
from estate.reading.problems import Problem
from estate.reading.yaml_source import text_of
from stacks import app

P = ParamSpec("P")
T = TypeVar("T")

_OF_THE_ESTATE: Final = tuple(
    f"tests/{folder}/"
    for folder in (
        "constructs_lib",
        "derived",
        "facts",
        "fastsynth",
        "manifests",
        "model",
        "reading",
        "rules",
        "stacks",
    )
)
"""The tests by which reading and synthesis are measured."""

_OF_VERBS: Final = ("tests/operations/", "tests/deploy/")
"""The tests that take reading and synthesis for granted: who makes the same stacks again is given what was made."""

_KEPT: Final = 64
"""How many syntheses, of a megabyte each at most."""

_measures_estate = True
_takes_for_granted = False


@cache
def _import_everything() -> None:
    """What verbs import when they are asked: whoever asks first may not be measured, and their lines would be missing.

    The first process of a run does it for all.
    """
    for package in (constructs_lib, estate, manifests, operations, stacks):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop measuring for a test that does not count."""
    global _measures_estate, _takes_for_granted  # noqa: PLW0603 - a process runs one test at a time
    _measures_estate = item.nodeid.startswith(_OF_THE_ESTATE)
    _takes_for_granted = item.nodeid.startswith(_OF_VERBS)
    is_generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    is_left_out = is_generated or any(map(item.get_closest_marker, ("deploy", "unmeasured")))
    measuring = Coverage.current()
    if measuring is None:
        return (yield)
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        _import_everything()
    if not is_left_out:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _aside(function: Callable[P, T]) -> Callable[P, T]:
    """The function, measured only in tests of the estate; the lines of whoever calls it count as ever."""

    @wraps(function)
    def called(*args: P.args, **keywords: P.kwargs) -> T:
        tracing = None if _measures_estate else sys.gettrace()
        if tracing is None:
            return function(*args, **keywords)
        sys.settrace(None)
        try:
            return function(*args, **keywords)
        finally:
            sys.settrace(tracing)
            # Any call: with it coverage takes over again the quick way, for the frames that are open too.
            _measuring_again()

    return called


def _measuring_again() -> None:
    pass


def _written_once(function: Callable[[Estate, Sequence[str], Path], None]) -> Callable[..., None]:
    """Synthesis, but that of the same again is written from memory; into an empty folder, as verbs do."""
    made: dict[str, dict[Path, bytes]] = {}

    @wraps(function)
    def called(estate: Estate, names: Sequence[str], outdir: Path) -> None:
        if not _takes_for_granted or any(outdir.glob("*")):
            function(estate, names, outdir)
            return
        share = shares(estate)
        environments = [(name, estate.environments[name], share[name]) for name in names]
        # Every field of every model, in its order: all that `app.synthesize` makes stacks of.
        key = repr((environments, estate.organization, dict(estate.refactorings)))
        if key in made:
            for path, content in made[key].items():
                (outdir / path).parent.mkdir(parents=True, exist_ok=True)
                (outdir / path).write_bytes(content)
            return
        function(estate, names, outdir)
        files = (path for path in outdir.rglob("*") if path.is_file())
        made[key] = {path.relative_to(outdir): path.read_bytes() for path in files}
        if len(made) > _KEPT:
            del made[next(iter(made))]

    return called


def _read_once(function: Callable[..., _File[Any]]) -> Callable[..., _File[Any]]:
    """Reading a file, but one that says the same as before is what it was: models are frozen."""
    read: dict[tuple[object, ...], tuple[_File[Any], list[Problem]]] = {}

    @wraps(function)
    def called(
        loading: _Loading, path: Path, model: type[BaseModel], stand_ins: Mapping[str, Any], **more: bool
    ) -> _File[Any]:
        text, problem = text_of(path, shown(path))
        if not _takes_for_granted or problem:
            return function(loading, path, model, stand_ins, **more)
        key = (shown(path), text, model, repr(stand_ins), repr(more))
        if key not in read:
            before = len(loading.problems)
            read[key] = function(loading, path, model, stand_ins, **more), loading.problems[before:]
            return read[key][0]
        file, problems = read[key]
        loading.problems += problems
        return file

    return called


def install() -> None:
    """Leave reading and synthesis out, for whoever reaches them by a verb, and do neither twice for these."""
    _Loading._read = _read_once(_Loading._read)  # type: ignore[method-assign]  # noqa: SLF001
    _Loading.estate = _aside(_Loading.estate)  # type: ignore[method-assign]
    app.synthesize = _written_once(_aside(app.synthesize))
