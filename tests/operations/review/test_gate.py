"""What may merge: every finding that is bad enough has somebody's word, and every word is needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.allowances.acknowledgements import Acknowledgement, load_acknowledgements
from operations.heads.brought import Brought
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.review import Review
from tests.operations.review.reviewed import change, plan, reviewed

_TODAY = date(2026, 11, 21)
_KEY = "aws_kms_key.KmsKeys_secrets_449ECE8D"


def _review(*names: str) -> Review:
    document = plan(change(_KEY, "delete", {}, None), change("aws_eip.a", "update", {"tags": 1}, {"tags": 2}))
    return Review(_TODAY, tuple(reviewed(document, name=name) for name in names or ("sandbox",)))


def _word(**more: Any) -> Acknowledgement:
    words = {"address": _KEY, "reason": "it was never used", "who": "kari", "expires": "2026-12-01", **more}
    return Acknowledgement(**words)


def test_finding_at_the_level_stops() -> None:
    """Others do not."""
    gate = judge(_review(), (), Level.HIGH)

    assert not gate.passes
    assert [one.finding.rule for one in gate.open] == ["key-destroyed"]


def test_level_is_chosen() -> None:
    """With low, a changed tag stops as well."""
    gate = judge(_review(), (), Level.LOW)

    assert [one.finding.rule for one in gate.open] == ["key-destroyed", "words-changed"]


@pytest.mark.parametrize(
    "more",
    [{}, {"environment": "sandbox"}, {"finding": "key-destroyed"}],
    ids=["address", "environment", "finding"],
)
def test_acknowledged_finding_passes(more: dict[str, Any]) -> None:
    """By its address, also with its environment or its id."""
    gate = judge(_review(), [_word(**more)], Level.HIGH)

    assert gate.passes
    assert [who for _, who in gate.acknowledged] == ["kari until 2026-12-01: it was never used"]


@pytest.mark.parametrize(
    ("more", "open_", "word"),
    [
        pytest.param({"expires": "2026-11-21"}, 1, "expired", id="ended today"),
        pytest.param({"environment": "nowhere"}, 1, "there is no environment", id="no environment"),
    ],
)
def test_expired_or_impossible_acknowledgement_stops(more: dict[str, Any], open_: int, word: str) -> None:
    """A file of words that cannot count hides the next finding."""
    gate = judge(_review(), [_word(**more)], Level.HIGH)

    assert not gate.passes
    assert len(gate.open) == open_
    assert [stale for stale in gate.stale if word in stale.problem]
    assert gate.unneeded == ()


@pytest.mark.parametrize(
    ("more", "open_"),
    [
        ({"address": "aws_kms_key.other"}, 1),
        ({"finding": "cluster-destroyed"}, 1),
        ({"address": "aws_eip.a"}, 1),
    ],
    ids=["other address", "other finding", "finding that needs none"],
)
def test_unused_acknowledgement_is_a_note_until_its_day(more: dict[str, Any], open_: int) -> None:
    """It may be merged before what needs it; the finding that it does not cover stays open."""
    gate = judge(_review(), [_word(**more)], Level.HIGH)

    assert len(gate.open) == open_
    assert gate.stale == ()
    assert [one.problem for one in gate.unneeded] == [
        "nothing needs it; it may stay until 2026-12-01, unless its address or finding is wrong"
    ]
    assert judge(Review(_TODAY, ()), [_word(**more)], Level.HIGH).passes


def test_what_waits_for_a_code_owner_stops() -> None:
    """What somebody approved does not; everything that stops is counted."""
    review = Review(_TODAY, ())
    waiting, approved = Brought("a", "x", "@kari", ""), Brought("a", "x", "", "@kari")

    gate = judge(_review(), [_word(expires="2026-11-21")], Level.HIGH, brought=[waiting, approved])

    assert judge(review, (), Level.HIGH, brought=[approved]).passes
    assert not judge(review, (), Level.HIGH, brought=[waiting]).passes
    assert gate.reasons == (
        "1 thing that waits for a code owner and 1 finding at high or above without acknowledgement and 1 stale "
        "acknowledgement"
    )
    assert [one.said for one in gate.brought] == [
        "x; counts once @kari has approved this commit",
        "x; approved by @kari",
    ]


def test_acknowledgement_of_another_environment_waits() -> None:
    """A review of one environment cannot tell whether it is needed."""
    gate = judge(_review("dev"), [_word(environment="sandbox")], Level.HIGH, {"sandbox"})

    assert len(gate.open) == 1
    assert gate.stale == ()


def test_one_word_covers_an_address_in_all_environments() -> None:
    """Unless it names one."""
    assert judge(_review("dev", "test"), [_word()], Level.HIGH).passes
    assert len(judge(_review("dev", "test"), [_word(environment="dev")], Level.HIGH).open) == 1


def test_file_is_read(tmp_path: Path) -> None:
    """With its comments and in the form that the schema describes."""
    path = tmp_path / "a.yaml"
    path.write_text(
        f'# why\nacknowledgements:\n  - {{address: {_KEY}, reason: it was never used, who: kari, expires: "2026-12-01"}}\n'
    )

    assert load_acknowledgements(path) == (_word(),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("acknowledgements: [{address: a, reason: r, who: w}]", "expires"),
        ('acknowledgements: [{address: a, reason: "", who: w, expires: "2026-12-01"}]', "reason"),
        ('acknowledgements: [{address: a, reason: r, who: w, expires: "soon"}]', "expires"),
        ("acknowledgement: []", "acknowledgements"),
    ],
)
def test_mistake_in_the_file_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """Every entry says why, who and how long."""
    path = tmp_path / "a.yaml"
    path.write_text(text)

    with pytest.raises(InvalidInput, match=words):
        load_acknowledgements(path)
