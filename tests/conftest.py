"""What every test stands on: the pinned Node, lazily loading providers, plain dicts in lists refused."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from estate.reading.estate_loader import load_estate
from operations.artifacts.building import prepare
from stacks import app
from tests import measuring
from tests.example import ENVIRONMENTS, NAMES
from tests.measuring import pytest_configure, pytest_runtest_protocol  # noqa: F401 - hooks, which pytest finds here
from tests.skips import pytest_terminal_summary  # noqa: F401 - a hook, which pytest finds here
from tests.warm import checkov, place

prepare()
place.make()
checkov.install()
measuring.install()

# Under nohup, or in the background of a script, they are ignored, and so they would be by all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# The same examples every time, however busy the machine.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Give a file's tests to one worker, but each document to whichever is free: they are slow and share nothing."""

    def _split_scope(self, nodeid: str) -> str:
        is_document = nodeid.startswith("tests/test_executed_documents.py::")
        return nodeid if is_document else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _ByFile | None:
    """Spread as --dist=loadfile does, but for documents."""
    return _ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Look for no cycles in ten thousand tests, neither while they are made nor ever again; and more seldom in others."""
    gc.disable()
    try:
        with measuring.of_collection(session.config):
            return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


@pytest.fixture(autouse=True)
def wide_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables in columns whatever they hold, so that a test finds a row in a line."""
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture(scope="session")
def real_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthesized stacks of this repository's environments."""
    outdir = tmp_path_factory.mktemp("cdktf.out")
    app.synthesize(load_estate(ENVIRONMENTS), NAMES, outdir)
    return outdir
