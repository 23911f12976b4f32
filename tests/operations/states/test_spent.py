"""Which refactoring entries have done their work."""

from __future__ import annotations

import json

import pytest

from estate.model.refactoring import Refactoring
from estate.reading.problems import InvalidInput
from operations.states.spent import SpentEntry, spent_entries, spent_releases
from operations.states.state import addresses_in_state

ENTRIES = Refactoring.model_validate(
    {
        "import": [{"to": "aws_vpc.V", "id": "vpc-1"}],
        "moved": [{"from": "aws_kms_key.A", "to": "aws_kms_key.B"}],
        "removed": [{"from": "aws_eip.E", "destroy": False, "reason": "handed over"}],
    }
)


def state_text(*found: str, mode: str = "managed") -> str:
    """A state that holds these addresses."""
    resources = [
        {"mode": mode, "type": a.split(".")[0], "name": a.split(".")[1], "instances": [{"attributes": {}}]}
        for a in found
    ]
    return json.dumps({"version": 4, "serial": 1, "resources": resources})


def test_before_the_first_apply_every_entry_has_work_to_do() -> None:
    """Without a state nothing has been taken."""
    assert spent_entries(ENTRIES, None) == []


def test_entries_that_the_state_has_taken_are_spent() -> None:
    """Imported, moved and let go: nothing is left to do."""
    assert spent_entries(ENTRIES, frozenset({"aws_vpc.V", "aws_kms_key.B"})) == [
        SpentEntry("import", 0, None),
        SpentEntry("moved", 0, "aws_kms_key.A"),
        SpentEntry("removed", 0, "aws_eip.E"),
    ]


def test_entries_that_are_still_to_be_applied_stay() -> None:
    """The old addresses still stand in the state."""
    assert spent_entries(ENTRIES, frozenset({"aws_kms_key.A", "aws_eip.E"})) == []


def test_a_state_that_knows_neither_address_keeps_the_move() -> None:
    """A move that never happened anywhere is not one that is done."""
    assert spent_entries(ENTRIES, frozenset({"aws_eip.E"})) == []


def test_entries_of_what_is_recorded_no_more_are_spent() -> None:
    """An object, what a set reads, or a cluster with all that it held; a cluster whose name another one begins with is another."""
    names = [
        "apps/Namespace/web",
        "apps/AppProject/argocd/web",
        "web",
        "data",
        "apps/ApplicationSet/argocd/w reads u main a",
    ]
    entries = Refactoring.model_validate(
        {"released": [{"object": name, "reason": "ola deletes it"} for name in names]}
    )
    recorded = frozenset({"apps/Namespace/web", "data/Namespace/web", "web-2/Namespace/web"})

    assert [one.position for one in spent_releases(entries, frozenset())] == [0, 1, 2, 3, 4]
    assert spent_releases(entries, recorded) == [SpentEntry("released", n, None) for n in (1, 2, 4)]


def test_a_state_is_read_for_managed_addresses_only() -> None:
    """Data sources are not resources."""
    assert addresses_in_state(state_text("aws_vpc.V"), "state") == frozenset({"aws_vpc.V"})
    assert addresses_in_state(state_text("aws_ami.A", mode="data"), "state") == frozenset()


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", json.dumps({"version": 3}), json.dumps({"version": 4, "resources": [{}]})],
    ids=["empty", "not json", "list", "no version", "old version", "no mode"],
)
def test_what_is_no_state_is_refused(text: str) -> None:
    """A wrong file would otherwise read as a state from which everything is gone."""
    with pytest.raises(InvalidInput, match="state"):
        addresses_in_state(text, "state")


def test_a_refused_state_is_not_quoted() -> None:
    """A state holds secrets; an error text must not."""
    with pytest.raises(InvalidInput) as error:
        addresses_in_state('{"version": 4, "resources": "hunter2"}', "state")

    assert "hunter2" not in str(error.value)
