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
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Final, ParamSpec, TypeVar

import pytest
from coverage import Coverage
from coverage.plugin import FileReporter
from coverage.results import Analysis
from pydantic import BaseModel

import constructs_lib
import estate
import fastsynth
import hybrid_kubernetes
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

_OF_SUBPROCESSES: Final = "COVERAGE_PROCESS_CONFIG"
"""By which coverage measures what a process starts."""

_PRODUCT: Final = (
    constructs_lib,
    estate,
    fastsynth,
    hybrid_kubernetes,
    manifests,
    operations,
    stacks,
)

_keeping: Final[list[Any]] = []
"""The product's functions that keep what they return."""

_measures_estate = True
_takes_for_granted = False


def pytest_configure(config: pytest.Config) -> None:
    """Leave a worker the one measurement that pytest-cov begins next, which a test can stop.

    Two stand below it, which would go on: that of the interpreter, begun because the process that started this one has
    its subprocesses measured, and pytest-cov's own of before it knew that this is a worker.
    """
    if hasattr(config, "workerinput"):
        while (begun := Coverage.current()) is not None:
            begun.stop()


@contextmanager
def of_collection(config: pytest.Config) -> Iterator[None]:
    """Measure what importing the product runs, once in a run, and nothing else of what making the tests does."""
    measuring = Coverage.current()
    if measuring is None or config.getoption("numprocesses", None):
        # The process that has others run the tests makes none.
        yield
        return
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        _import_everything()
    _keeping.extend(_found_keeping())
    with _unmeasured(measuring):
        yield
    # What making the tests imported, and may have asked.
    new = [one for one in _found_keeping() if one not in _keeping]
    _keeping.extend(new)
    for one in new:
        one.cache_clear()


def _import_everything() -> None:
    for package in _PRODUCT:
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def _found_keeping() -> Iterator[Any]:
    """The product's functions that keep what they return, of the modules that are imported."""
    product = {package.__name__ for package in _PRODUCT}
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in product]
    values = [value for module in modules for value in vars(module).values()]
    below = [one for value in values if isinstance(value, type) for one in vars(value).values()]
    for value in {
        id(one): one for one in (getattr(one, "__func__", one) for one in (*values, *below))
    }.values():
        if hasattr(value, "cache_clear") and value.__module__.partition(".")[0] in product:
            yield value


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop measuring for a test that does not count, and in what it starts."""
    global _measures_estate, _takes_for_granted  # noqa: PLW0603 - a process runs one test at a time
    _measures_estate = item.nodeid.startswith(_OF_THE_ESTATE)
    _takes_for_granted = item.nodeid.startswith(_OF_VERBS)
    is_generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    is_left_out = is_generated or any(map(item.get_closest_marker, ("deploy", "unmeasured")))
    measuring = Coverage.current()
    if measuring is None or not is_left_out:
        return (yield)
    with _unmeasured(measuring):
        return (yield)


@contextmanager
def _unmeasured(measuring: Coverage) -> Iterator[None]:
    measuring.stop()
    inherited = os.environ.pop(_OF_SUBPROCESSES, None)
    try:
        with forgetting():
            yield
    finally:
        if inherited is not None:
            os.environ[_OF_SUBPROCESSES] = inherited
        measuring.start()


@contextmanager
def forgetting() -> Iterator[None]:
    """Forget after the block what a function keeps that nobody had asked before it.

    Else whoever asks next, and is measured, would be given what is kept, and the function's lines would be missing.
    """
    unasked = [one for one in _keeping if not one.cache_info().currsize]
    try:
        yield
    finally:
        for one in unasked:
            one.cache_clear()


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


def _analyzed_once(function: Callable[..., Analysis]) -> Callable[..., Analysis]:
    """Parsing a module for the report, which pytest-cov asks twice: for its sum, and for its table."""
    known: dict[str, Analysis] = {}

    @wraps(function)
    def called(coverage: Coverage, module: str, **more: FileReporter) -> Analysis:
        if module not in known:
            known[module] = function(coverage, module, **more)
        return known[module]

    return called


def install() -> None:
    """Leave reading and synthesis out, for whoever reaches them by a verb, and do neither twice for these."""
    Coverage._analyze = _analyzed_once(Coverage._analyze)  # type: ignore[method-assign]  # noqa: SLF001
    _Loading._read = _read_once(_Loading._read)  # type: ignore[method-assign]  # noqa: SLF001
    _Loading.estate = _aside(_Loading.estate)  # type: ignore[method-assign]
    app.synthesize = _written_once(_aside(app.synthesize))
