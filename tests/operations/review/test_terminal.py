"""The review as lines."""

from __future__ import annotations

import io
from datetime import date

from operations.allowances.acknowledgements import Acknowledgement
from operations.heads.brought import Brought
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.review import NotReviewed, Review
from operations.review.terminal import print_review
from tests.operations.review.reviewed import change, plan, reviewed

_KEY = "aws_kms_key.KmsKeys_secrets_449ECE8D"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _printed(stream: io.StringIO) -> str:
    document = plan(
        change(_KEY, "delete", {}, None),
        change("aws_kms_key.KmsKeys_other_449ECE8D", "delete", {}, None),
        change("aws_eip.a", "update", {}, {f"a{i}": i for i in range(31)}),
        change("aws_eip.b", "no-op", {}, {}, previous_address="aws_eip.c"),
        errored=True,
    )
    review = Review(date(2026, 11, 21), (reviewed(document),), (NotReviewed("x", "x", "why"),))
    words = [
        Acknowledgement(address=address, reason="r", who="kari", expires="2026-12-01")
        for address in (_KEY, "aws_eip.z")
    ]
    print_review(review, judge(review, words, Level.HIGH), stream)
    return stream.getvalue()


def test_pipe_gets_plain_lines() -> None:
    """Entity, address, findings, attributes, and the verdict last."""
    text = _printed(io.StringIO())

    for line in (
        "sandbox: 1 changed, 2 destroyed, 1 moved or taken in",
        "  high      plan: planning ended with an error, so the plan shows only a part of what would happen",
        "  critical  KMS key secrets: destroyed",
        "            aws_eip.b (until now aws_eip.c): moved",
        "              and 1 more attribute",
        "x was not planned: why",
        f"acknowledged: sandbox {_KEY} key-destroyed by kari until 2026-12-01: r",
        "open: sandbox aws_kms_key.KmsKeys_other_449ECE8D critical key-destroyed",
        "note: acknowledgement of aws_eip.z by kari: nothing needs it; it may stay until 2026-12-01, unless its address "
        "or finding is wrong",
        "may not merge: 2 findings at high or above without acknowledgement",
    ):
        assert line in text.splitlines()
    assert "\x1b" not in text


def test_stale_acknowledgement_alone_stops() -> None:
    """It is said what does."""
    review = Review(date(2026, 11, 21), (reviewed(plan()),))
    stale = Acknowledgement(address="aws_eip.z", reason="r", who="kari", expires="2026-11-01")
    stream = io.StringIO()

    print_review(review, judge(review, [stale], Level.HIGH), stream)

    assert stream.getvalue().endswith("may not merge: 1 stale acknowledgement\n")
    assert "stale acknowledgement: aws_eip.z by kari: expired on 2026-11-01" in stream.getvalue()


def test_what_the_pull_request_brings_comes_first() -> None:
    """Before what its plans do."""
    review = Review(date(2026, 11, 21), (reviewed(plan()),))
    brought = Brought("judge-changed", "changes what judges", "@kari", "")
    stream = io.StringIO()

    print_review(review, judge(review, (), Level.HIGH, brought=[brought]), stream)

    assert stream.getvalue().startswith(
        "  high      changes what judges; counts once @kari has approved this commit\n"
    )


def test_terminal_gets_colour() -> None:
    """The same words, in the colour of their level."""
    text = _printed(_Terminal())

    assert "KMS key secrets" in text
