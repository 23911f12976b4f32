"""Where the time goes."""

from __future__ import annotations

from benchmarks.anatomy import Anatomy, durations
from benchmarks.report import anatomy_table, kernel_table, markdown

ANATOMY = Anatomy(
    seconds={
        "started": 0.2,
        "load": 0.1,
        "imports": 0.3,
        "constructs": 1.0,
        "synth": 0.2,
        "publish": 0.1,
        "exit": 0.1,
    },
    waiting_seconds={
        "started": 0,
        "load": 0,
        "imports": 0.1,
        "constructs": 0.5,
        "synth": 0.2,
        "publish": 0,
        "exit": 0,
    },
    trips=2000,
    created=800,
    resources_created=500,
)


def test_parts_fill_the_whole_time() -> None:
    """The first part begins with the process, the last ends with it: nothing is left out."""
    parts = durations({"started": 10.5, "load": 11.0, "exit": 14.0}, began=10.0, ended=15.0)

    assert parts == {"started": 1.0, "load": 3.0, "exit": 1.0}


def test_shares_are_of_the_whole() -> None:
    """Half of two seconds is half."""
    rows = anatomy_table("500 resources", ANATOMY).rows

    assert ("constructs are created", "1.00", "50%", "0.50") in rows
    assert rows[-1] == ("all", "2.00", "100%", "0.80")


def test_requests_have_a_share() -> None:
    """Two thousand empty requests of a tenth of a millisecond are a tenth of two seconds."""
    cost = {"empty": 0.0001, "property": 0.0002, "construct": 0.0003, "resource": 0.0004}

    rows = kernel_table(cost, ANATOMY).rows

    assert rows[-1] == ("2,000 times the first, as a share of the whole", "10%")


def test_tables_are_markdown() -> None:
    """Every row has as many cells as there are headers."""
    lines = markdown([anatomy_table("500 resources", ANATOMY)]).splitlines()

    assert lines[0] == "### Where the time goes: 500 resources, 2,000 requests to Node"
    assert {line.count("|") for line in lines if line.startswith("|")} == {5}
