"""What every test stands on: the pinned Node, lazily loading providers, plain dicts in lists refused."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

import constructs_lib
import estate
import operations
import stacks
from estate.reading.estate_loader import load_estate
from operations.artifacts.building import prepare
from stacks.app import synthesize
from tests.example import ENVIRONMENTS, NAMES
from tests.skips import pytest_terminal_summary  # noqa: F401 - a hook, which pytest finds here

prepare()

# Under nohup, or in the background of a script, they are ignored, and so they would be by all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# The same examples every time, however busy the machine.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@cache
def _import_everything() -> None:
    """What verbs import when they are asked: whoever asks first may not be measured, and their lines would be missing."""
    for package in (constructs_lib, estate, operations, stacks):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count no coverage of generated examples, of deployments and of what is marked ``unmeasured``.

    Measuring doubles the time of what is Python, and what such a test reaches by chance is no proof: a line is reached
    by a test that says so.
    """
    is_generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    is_left_out = is_generated or any(map(item.get_closest_marker, ("deploy", "unmeasured")))
    measuring = Coverage.current() if is_left_out else None
    if measuring is None:
        return (yield)
    _import_everything()
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Give a file's tests to one worker, but each document to whichever is free: they are slow and share nothing."""

    def _split_scope(self, nodeid: str) -> str:
        is_document = nodeid.startswith("tests/test_executed_documents.py::")
        return nodeid if is_document else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _ByFile | None:
    """Spread as --dist=loadfile does, but for documents."""
    return _ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(autouse=True)
def wide_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables in columns whatever they hold, so that a test finds a row in a line."""
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture(scope="session")
def real_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthesized stacks of this repository's environments."""
    outdir = tmp_path_factory.mktemp("cdktf.out")
    synthesize(load_estate(ENVIRONMENTS), NAMES, outdir)
    return outdir
