"""Parts of a gate, one after the other."""

from __future__ import annotations

import pytest

from estate.reading.problems import InvalidInput, Problem
from operations.gate.asking import Answer, Asking


def fail(error: Exception) -> Answer[None]:
    """A part that cannot be asked."""
    raise error


@pytest.fixture
def lines() -> list[tuple[str, str]]:
    """What a person is told so far."""
    return []


@pytest.fixture
def asking(lines: list[tuple[str, str]]) -> Asking:
    """Nothing asked yet."""
    return Asking(lambda part, result, _: lines.append((part, result)))


def test_every_part_is_asked_and_everything_kept(asking: Asking, lines: list[tuple[str, str]]) -> None:
    """One that fails keeps no other from being asked."""
    values = [
        asking.ask("a", lambda: Answer(7)),
        asking.ask("b", lambda: Answer(8, ("wrong",), ("know",))),
        asking.ask("c", lambda: Answer(9, ("bad", "worse"))),
        asking.ask("d", lambda: fail(InvalidInput([Problem("f.yaml", 1, 2, "a", "is off")]))),
        asking.ask("e", lambda: fail(OSError(13, "Permission denied", "g.yaml"))),
        asking.ask("f", lambda: fail(OSError("gone"))),
    ]
    asking.leave_out(("g", "h"), "why not")

    assert values == [7, 8, 9, None, None, None]
    assert lines == [
        ("a", "holds"),
        ("b", "1 finding"),
        ("c", "2 findings"),
        ("d", "refused, 1 problem"),
        ("e", "refused, 1 problem"),
        ("f", "refused, 1 problem"),
        ("g", "not asked: why not"),
        ("h", "not asked: why not"),
    ]
    assert (asking.findings, asking.notes) == (["wrong", "bad", "worse"], ["know"])
    assert asking.refusals == ["f.yaml:1:2: a: is off", "g.yaml: Permission denied", "the system: gone"]


def test_a_mistake_of_this_program_is_none_of_the_input(asking: Asking) -> None:
    """It ends the run, with its traceback."""
    with pytest.raises(KeyError):
        asking.ask("a", lambda: fail(KeyError("x")))
