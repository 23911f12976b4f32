"""A head's files are read by the base's model, and its stacks have to be theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.heads.estate import load_head, refuse_other_stacks
from tests.operations.heads.checkouts import STACK, Checkouts, synthesize, write


def test_files_that_the_model_of_the_base_does_not_know_are_refused(both: Checkouts) -> None:
    """With every mistake, and the order in which they can be merged."""
    both.push(
        "environments/dev.yaml", (both.head / "environments" / "dev.yaml").read_text() + "to_come: {}\n"
    )

    with pytest.raises(InvalidInput) as refused:
        load_head(both.opened())

    said = [str(problem) for problem in refused.value.problems]
    assert said[0].startswith(
        "head/environments: does not load with the model of the base, which judges it; merge a change"
    )
    assert said[1].startswith("head/environments/dev.yaml:4:1: to_come: unknown key")


def test_stacks_of_the_files_are_taken(both: Checkouts) -> None:
    """Both, and nothing else."""
    head = both.opened()

    refuse_other_stacks(head, load_head(head))


def test_stacks_of_other_files_are_refused(both: Checkouts) -> None:
    """One that is missing is not asked about, one too many would be planned unasked; all at once."""
    synthesize(both.head, dev="[]", lab=STACK)
    head = both.opened()

    with pytest.raises(InvalidInput) as refused:
        refuse_other_stacks(head, load_head(head))

    assert [problem.message for problem in refused.value.problems] == [
        "dev can be read in several ways or in none; synthesize the head anew",
        "holds a stack lab, which the files do not ask for; synthesize the head anew",
        "holds no stack test, which the files ask for; synthesize the head anew",
    ]


@pytest.mark.parametrize("text", [None, "{", "{}"])
def test_an_order_of_no_use_is_refused(both: Checkouts, text: str | None) -> None:
    """Nobody knows which stacks there are."""
    order = both.head / "cdktf.out" / "stacks.json"
    order.unlink()
    if text is not None:
        write(order, text)
    head = both.opened()

    with pytest.raises(InvalidInput, match=r"head/cdktf\.out: holds no stacks\.json that synthesis writes"):
        refuse_other_stacks(head, load_head(head))
    assert Path("head").is_dir()
