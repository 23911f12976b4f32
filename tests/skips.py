"""The end of a run says in one line each what is not on this machine, and how many tests were skipped for it.

pytest's own list (``-rs``) has a line for each place of a test file, so that one missing tool fills a screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from operations.texts.counting import count

_BEFORE = "Skipped: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write those lines behind what failed."""
    for line in summed_up(terminalreporter.stats.get("skipped", ())):
        terminalreporter.line(line)


def summed_up(skipped: Iterable[pytest.TestReport]) -> Iterator[str]:
    """A line for each reason, in the order in which they came up."""
    for reason, number in Counter(_reason(report) for report in skipped).items():
        yield f"{count(number, 'test')} skipped: {reason}"


def _reason(report: pytest.TestReport) -> str:
    """What the test said, in one line."""
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    return " ".join(said.removeprefix(_BEFORE).split())
