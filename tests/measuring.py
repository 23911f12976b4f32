"""What of the suite counts for coverage, which doubles the time of what is Python.

A line is reached by a test that says so: what a long test over the whole estate reaches by chance is no proof, and is
not measured. Three things are left out: generated examples, deployments and tests that are marked ``unmeasured``;
and, outside the tests of the model and of the constructs themselves, reading an estate and synthesizing it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache, wraps
from importlib import import_module
from pkgutil import walk_packages
from typing import Final, ParamSpec, TypeVar

import pytest
from coverage import Coverage

import constructs_lib
import estate
import manifests
import operations
import stacks
from estate.reading import estate_loader
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

_measures_estate = True


@cache
def _import_everything() -> None:
    """What verbs import when they are asked: whoever asks first may not be measured, and their lines would be missing."""
    for package in (constructs_lib, estate, manifests, operations, stacks):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop measuring for a test that does not count."""
    global _measures_estate  # noqa: PLW0603 - a process runs one test at a time
    _measures_estate = item.nodeid.startswith(_OF_THE_ESTATE)
    is_generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    is_left_out = is_generated or any(map(item.get_closest_marker, ("deploy", "unmeasured")))
    measuring = Coverage.current()
    if measuring is None:
        return (yield)
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


def install() -> None:
    """Leave reading and synthesis out, for whoever reaches them by a verb."""
    estate_loader._Loading.estate = _aside(estate_loader._Loading.estate)  # type: ignore[method-assign]  # noqa: SLF001
    app.synthesize = _aside(app.synthesize)
