"""The results as tables: on the terminal and in Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import packages
from benchmarks.anatomy import PARTS, Anatomy
from benchmarks.contenders import LABELS, OURS
from benchmarks.figures import mib, milliseconds, seconds, spread
from benchmarks.rounds import Result
from benchmarks.targets import PLAN_MEGABYTES, Target, Workload


@dataclass(frozen=True)
class Table:
    """A table with a title."""

    title: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def machine() -> str:
    """What it ran on, in general words."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    node = subprocess.run(
        [packages.node(), "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    versions = ", ".join(
        f"{name} {packages.version(name)}"
        for name in ("cdktf", "@cdktf/provider-aws", "ts-node", "typescript")
    )
    return (
        f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()} {platform.machine()}; "
        f"Python {platform.python_version()}, Node {node.lstrip('v')}, {versions}"
    )


def workload_table(workload: Workload) -> Table:
    """Contenders side by side."""
    ours = workload.seconds(OURS)
    return Table(
        f"{workload.name}: {workload.resources:,} resources",
        (
            "",
            "contender",
            "wall s",
            "spread",
            "to ours",
            "CPU s",
            "ms a resource",
            "python MiB",
            "node MiB",
            "note",
        ),
        [_contender_row(key, result, ours, workload.resources) for key, result in workload.results.items()],
    )


def _contender_row(key: str, result: Result, ours: float | None, resources: int) -> tuple[str, ...]:
    wall = result.seconds
    return (
        key,
        LABELS[key],
        seconds(wall),
        spread([run.seconds for run in result.runs]),
        f"{wall / ours:.2f}" if wall and ours else "-",
        seconds(result.cpu_seconds),
        milliseconds(wall / resources if wall else None),
        mib(result.peak_mib("python")),
        mib(result.peak_mib("node")),
        result.note,
    )


def check_table(checks: Mapping[str, Result]) -> Table:
    """What ``hybrid check`` takes, by estate."""
    rows = [
        (name, seconds(check.seconds), seconds(check.cpu_seconds), mib(check.peak_mib("python")))
        for name, check in checks.items()
    ]
    return Table("Checking, by hybrid check", ("estate", "wall s", "CPU s", "python MiB"), rows)


def review_table(review: Result) -> Table:
    """What ``hybrid review`` takes."""
    row = (
        f"{PLAN_MEGABYTES} MB",
        seconds(review.seconds),
        seconds(review.cpu_seconds),
        mib(review.peak_mib("python")),
    )
    return Table("Reviewing a plan, by hybrid review", ("plan", "wall s", "CPU s", "python MiB"), [row])


def selection_table(anatomies: Mapping[str, Anatomy]) -> Table:
    """One environment beside all."""
    rows = [
        (name, seconds(one.total_seconds), str(one.trips), str(one.created), str(one.resources_created))
        for name, one in anatomies.items()
    ]
    headers = ("environments", "wall s", "requests to Node", "objects created", "resources and data sources")
    return Table("One of the four environments and all of them", headers, rows)


def anatomy_table(name: str, anatomy: Anatomy) -> Table:
    """Where the time goes."""
    rows = [
        (
            what,
            seconds(anatomy.seconds[part]),
            f"{anatomy.seconds[part] / anatomy.total_seconds:.0%}",
            seconds(anatomy.waiting_seconds[part]),
        )
        for part, what in PARTS.items()
    ]
    rows.append(
        ("all", seconds(anatomy.total_seconds), "100%", seconds(sum(anatomy.waiting_seconds.values())))
    )
    return Table(
        f"Where the time goes: {name}, {anatomy.trips:,} requests to Node",
        ("part", "wall s", "share", "of it waiting for Node, s"),
        rows,
    )


def kernel_table(cost: Mapping[str, float], anatomy: Anatomy) -> Table:
    """What a request to Node costs."""
    labels = {
        "empty": "asks nothing",
        "property": "reads a property",
        "construct": "creates a bare construct",
        "resource": "creates a resource with two attributes",
    }
    rows = [(label, milliseconds(cost[kind])) for kind, label in labels.items()]
    share = cost["empty"] * anatomy.trips / anatomy.total_seconds
    rows.append((f"{anatomy.trips:,} times the first, as a share of the whole", f"{share:.0%}"))
    return Table("What a request to Node costs", ("request", "ms"), rows)


def targets_table(targets: Sequence[Target]) -> Table:
    """Each target with its verdict."""
    return Table(
        "Targets",
        ("target", "measured", ""),
        [(target.text, target.measured, target.verdict) for target in targets],
    )


def markdown(tables: Sequence[Table]) -> str:
    """All tables, each below a heading."""
    return "\n".join(line for table in tables for line in _markdown_lines(table))


def _markdown_lines(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield ""
    yield f"| {' | '.join(table.headers)} |"
    yield f"|{'---|' * len(table.headers)}"
    for row in table.rows:
        yield f"| {' | '.join(row)} |"
    yield ""
