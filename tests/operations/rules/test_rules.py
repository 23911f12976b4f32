"""``hybrid rules``: every rule with what it judges and what it asks for."""

from __future__ import annotations

import json

import pytest

from operations.cli import main
from operations.rules.listing import listed_rules

ID = "vmware.user_cluster.control-plane-nodes-have-addresses"
ROW = (ID, "user cluster", "Each of the three control plane nodes has an address.")


def test_every_rule_says_what_it_judges_and_asks_for() -> None:
    """Those of models that only other verbs read too, such as waivers."""
    found = {one.id: one for one in listed_rules()}

    assert found[ID] == ROW
    assert found["ranges.routable-ranges-of-environments-differ"].judges == "estate"
    assert found["policy.waivers.each-stands-once"].judges == "waivers"
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param((), "  ".join(ROW[1:]), id="text"),
        pytest.param(("--format", "markdown"), f"| {' | '.join(ROW)} |", id="markdown"),
    ],
)
def test_people_read_one_line_a_rule(
    arguments: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a terminal, and in a document."""
    code = main(["rules", *arguments])

    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if ID in line]
    assert code == 0
    assert [line.endswith(" ".join(expected.split())) for line in lines] == [True]


def test_machines_read_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows under names."""
    main(["rules", "--format", "json"])

    found = json.loads(capsys.readouterr().out)
    assert dict(zip(("id", "judges", "description"), ROW, strict=True)) in found
    assert len(found) == len(listed_rules())
