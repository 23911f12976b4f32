"""What a head adds or widens counts once an owner of its file approved; what it takes out is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.heads.approvals import read_approvals
from operations.heads.brought import counting_acknowledgements
from tests.operations.heads.checkouts import Checkouts

FILE = "environments/review/acknowledgements.yaml"


def words(*entries: str) -> str:
    """A file of acknowledgements."""
    return "acknowledgements:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def entry(address: str = "a.b", who: str = "kari", until: str = "2027-01-01", more: str = "") -> str:
    """An acknowledgement."""
    return f'address: {address}, reason: it is old, who: {who}, expires: "{until}"{more}'


def asked(both: Checkouts, *users: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Addresses that count, and what was brought with whose approval is missing."""
    both.approve(*users)
    head = both.opened()
    counting, brought = counting_acknowledgements(
        Path("environments"),
        Path("review/acknowledgements.yaml"),
        head,
        read_approvals(head, Path("approvals.json")),
    )
    return [one.address for one in counting], [(one.reason, one.awaited or one.by) for one in brought]


def test_those_of_the_base_count(both: Checkouts) -> None:
    """Also in another order, with another reason, or narrower."""
    both.merge(FILE, words(entry("a.b"), entry("c.d")))
    narrower = entry("a.b", until="2026-12-31", more=", environment: dev, finding: gone")
    both.push(FILE, words(entry("c.d").replace("it is old", "it is new"), narrower))

    assert asked(both) == (["c.d", "a.b"], [])


def test_one_that_the_head_takes_out_counts_no_more(both: Checkouts) -> None:
    """It will not be there when the head is merged."""
    both.merge(FILE, words(entry("a.b"), entry("c.d")))
    both.push(FILE, words(entry("c.d")))

    assert asked(both) == (["c.d"], [])


@pytest.mark.parametrize(
    ("own", "what"),
    [
        (entry("new.one"), "whatever is found at new.one"),
        (entry(until="2027-01-02"), "whatever is found at a.b"),
        (entry(who="ola"), "whatever is found at a.b"),
        (entry("of.dev", more=", environment: test"), "whatever is found at of.dev of test"),
        (entry("of.dev"), "whatever is found at of.dev"),
        (entry("of.rule", more=", finding: other-one"), "other-one at of.rule"),
    ],
    ids=["new", "longer", "somebody else's", "other environment", "all environments", "other finding"],
)
def test_what_the_head_brings_waits_for_an_owner(both: Checkouts, own: str, what: str) -> None:
    """Of its file, by the base's owners."""
    merged = (
        entry(),
        entry("of.dev", more=", environment: dev"),
        entry("of.rule", more=", finding: one-rule"),
    )
    both.merge(FILE, words(*merged))
    both.push(FILE, words(*merged, own))

    counting, [(reason, awaited)] = asked(both, "ola")

    assert counting == ["a.b", "of.dev", "of.rule"]
    assert reason.startswith(f"{FILE} lets {what} pass for ")
    assert awaited == "@kl/security or @kari"

    counting, [(_, by)] = asked(both, "kari")

    assert (len(counting), by) == (4, "@kari")
