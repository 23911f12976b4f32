"""The targets, and whether a measurement meets them. Printed, never asserted: machines differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.contenders import JAVASCRIPT, OURS, PLAIN_IMPORTS, TYPESCRIPT, TYPESCRIPT_ROOT
from benchmarks.figures import mib, milliseconds, seconds
from benchmarks.rounds import Result

SMALL: Final = 500
"""Resources of the estate that most targets speak of."""

LARGE: Final = 10_000
"""Resources of the estate whose time per resource is compared with the small one's."""

TEAMS: Final = 200
"""Teams with access to four environments, whose files are checked."""

PLAN_MEGABYTES: Final = 200
"""Size of the plan that is reviewed."""

_TIMES_PLAIN_IMPORTS: Final = 10
_TIMES_JAVASCRIPT: Final = 3
_PEAK_MIB: Final = 400
_CHECK_SECONDS: Final = 0.5
_TEAMS_SECONDS: Final = 1.0
_REVIEW_SECONDS: Final = 10
_REVIEW_MIB: Final = 1024


@dataclass(frozen=True)
class Target:
    """One target.

    Attributes:
        text: what is wanted.
        measured: what there is.
        met: None when it was not measured.
    """

    text: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """Whether it is met, in a word."""
        return {True: "met", False: "missed", None: "not measured"}[self.met]


@dataclass(frozen=True)
class Workload:
    """The results of one estate.

    Attributes:
        name: what tables call it.
        resources: how many it has.
        results: by the contenders' keys.
    """

    name: str
    resources: int
    results: Mapping[str, Result]

    def seconds(self, key: str) -> float | None:
        """Median wall clock of a contender; None when it was not measured."""
        return self.results[key].seconds if key in self.results else None


def targets(
    small: Workload, large: Workload | None, check: Result, teams: Result, review: Result
) -> list[Target]:
    """Judge the results of the two estates, of ``hybrid check`` without and with many teams, of a review."""
    ours, plain, floor = (small.seconds(key) for key in (OURS, PLAIN_IMPORTS, JAVASCRIPT))
    return [
        _ratio(
            f"at {SMALL} resources at least {_TIMES_PLAIN_IMPORTS} times faster than plain imports, same bytes",
            plain,
            ours,
            at_least=_TIMES_PLAIN_IMPORTS,
        ),
        _ratio(
            f"at {SMALL} resources at most {_TIMES_JAVASCRIPT} times JavaScript",
            ours,
            floor,
            at_most=_TIMES_JAVASCRIPT,
        ),
        _ratio(f"at {SMALL} resources ahead of TypeScript", small.seconds(TYPESCRIPT), ours, at_least=1),
        _ratio(
            f"at {SMALL} resources ahead of TypeScript, root imported",
            small.seconds(TYPESCRIPT_ROOT),
            ours,
            at_least=1,
        ),
        _per_resource(small, large),
        _memory(small.results[OURS]),
        _check(f"hybrid check below {_CHECK_SECONDS} s", check, _CHECK_SECONDS),
        _check(f"hybrid check of {TEAMS} teams on four environments below 1 s", teams, _TEAMS_SECONDS),
        _review(review),
    ]


def _ratio(
    text: str,
    dividend: float | None,
    divisor: float | None,
    *,
    at_least: float = 0,
    at_most: float = float("inf"),
) -> Target:
    if dividend is None or divisor is None:
        return Target(text, "-", None)
    ratio = dividend / divisor
    return Target(text, f"{ratio:.1f} times", at_least <= ratio <= at_most)


def _per_resource(small: Workload, large: Workload | None) -> Target:
    text = f"time per resource at {LARGE:,} at most that at {SMALL}"
    less, more = small.seconds(OURS), large.seconds(OURS) if large else None
    if less is None or more is None or large is None:
        return Target(text, "-", None)
    few, many = less / small.resources, more / large.resources
    further = (more - less) / (large.resources - small.resources)
    measured = (
        f"{milliseconds(many)} ms and {milliseconds(few)} ms; each further one {milliseconds(further)} ms"
    )
    return Target(text, measured, many <= few)


def _memory(ours: Result) -> Target:
    text = f"at {SMALL} resources each process below {_PEAK_MIB} MiB"
    peaks = {program: ours.peak_mib(program) for program in ("python", "node")}
    known = [peak for peak in peaks.values() if peak is not None]
    if len(known) < len(peaks):
        return Target(text, "-", None)
    measured = ", ".join(f"{program} {mib(peak)} MiB" for program, peak in peaks.items())
    return Target(text, measured, max(known) < _PEAK_MIB)


def _check(text: str, check: Result, below_seconds: float) -> Target:
    if check.seconds is None:
        return Target(text, "-", None)
    return Target(text, f"{seconds(check.seconds)} s", check.seconds < below_seconds)


def _review(review: Result) -> Target:
    text = f"hybrid review of a plan of {PLAN_MEGABYTES} MB below {_REVIEW_SECONDS} s and {_REVIEW_MIB} MiB"
    peak = review.peak_mib("python")
    if review.seconds is None or peak is None:
        return Target(text, "-", None)
    met = review.seconds < _REVIEW_SECONDS and peak < _REVIEW_MIB
    return Target(text, f"{seconds(review.seconds)} s, {mib(peak)} MiB", met)
