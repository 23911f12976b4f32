"""The comment: what can hurt first, everything escaped, and never longer than a comment may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt

from operations.allowances.acknowledgements import Acknowledgement
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.markdown import LONGEST, MARKER, markdown
from operations.review.review import NotReviewed, Review
from tests.operations.review.reviewed import change, plan, reviewed

_TODAY = date(2026, 11, 21)
_KEY = "aws_kms_key.KmsKeys_secrets_449ECE8D"


def _comment(review: Review, *words: Acknowledgement, fail_on: Level = Level.HIGH) -> str:
    return markdown(review, judge(review, words, fail_on))


def _review(*documents: Any, missing: tuple[NotReviewed, ...] = ()) -> Review:
    environments = tuple(reviewed(one, name=f"env{i}") for i, one in enumerate(documents))
    return Review(_TODAY, environments, missing)


def test_comment_opens_with_what_can_hurt() -> None:
    """In the words of the estate, with the address behind a click."""
    document = plan(change("aws_eip.a", "update", {"tags": 1}, {"tags": 2}), change(_KEY, "delete", {}, None))

    lines = _comment(_review(document)).splitlines()

    assert lines[0] == MARKER
    assert lines[1] == "## Review: 🟥 1 critical · 🟦 1 low"
    assert lines[3].startswith("**May not merge**: 1 finding at high or above without acknowledgement.")
    assert lines[5].startswith("- 🟥 **critical** env0: **KMS key secrets** destroyed: everything encrypted")
    assert _KEY not in lines[5]
    assert f"<code>{_KEY}</code>" in lines[6]


def test_harmless_plan_may_merge() -> None:
    """An empty one says that nothing happens."""
    comment = _comment(_review(plan()))

    assert "## Review: nothing happens" in comment
    assert "**May merge**" in comment
    assert "### env0: nothing happens" in comment


def test_plan_as_a_whole_is_spoken_of() -> None:
    """An errored plan has no address to name; a failed check has one."""
    check = {"address": {"to_display": "check.x"}, "status": "fail"}

    comment = _comment(_review(plan(errored=True, checks=[check])))

    assert "**the plan**: planning ended with an error" in comment
    assert "**check.x**: a check in the configuration fails" in comment


def test_what_was_not_planned_is_said() -> None:
    """Absence is no assent."""
    missing = tuple(NotReviewed(f"stack{i}", f"stack{i}", "needs the network") for i in range(25))

    comment = _comment(_review(plan(), missing=missing))

    assert "stack0 was not planned: needs the network" in comment
    assert "5 more were not planned" in comment


def test_acknowledged_and_stale_are_said() -> None:
    """Who took responsibility stands beside the finding; a word past its day stops, one that nobody needs is a note."""
    word = {"reason": "unused", "who": "kari"}
    needed = Acknowledgement(address=_KEY, expires="2026-12-01", **word)
    stale, unneeded = (
        Acknowledgement(address="aws_eip.x", expires="2026-11-01", **word),
        Acknowledgement(address="aws_eip.y", expires="2026-12-01", **word),
    )

    comment = _comment(_review(plan(change(_KEY, "delete", {}, None))), needed, stale, unneeded)

    assert "✅ kari until 2026-12-01: unused" in comment
    assert "**May not merge**: 1 stale acknowledgement" in comment
    assert "acknowledgement of `aws_eip.x` by kari: expired on 2026-11-01" in comment
    assert "> Note: acknowledgement of aws_eip.y by kari: nothing needs it" in comment


def test_change_is_told_with_its_circumstances() -> None:
    """Old address, what forces a replacement, how many attributes more."""
    document = plan(
        change("aws_eip.a", "delete create", {f"a{i}": 1 for i in range(40)}, {}, replace_paths=[["tags"]]),
        change("aws_eip.b", "no-op", {}, {}, previous_address="aws_eip.c"),
    )

    comment = _comment(_review(document))

    assert "made anew because of `tags`" in comment
    assert "`aws_eip.b`, until now `aws_eip.c`: moved" in comment
    assert "and 10 more attributes" in comment


@pytest.mark.parametrize(
    "hostile",
    [
        "@octocat",
        "#1",
        "<img src=x>",
        "[a](https://x.example)",
        "`code`",
        "</details>",
        "| a |",
        "\u202e\x1b[31m",
        "a\n# b",
        "***",
    ],
)
def test_nothing_of_a_plan_is_markup(hostile: str) -> None:
    """Nobody is mentioned, nothing linked, no tag opened, no line broken."""
    clean = _comment(
        _review(
            plan(
                change("aws_eip.a", "delete", {}, None),
                change("aws_kms_key.x", "update", {"t": "1"}, {"t": "2"}),
            )
        )
    )
    dirty = _comment(
        _review(
            plan(
                change(f"aws_eip.{hostile}", "delete", {}, None),
                change("aws_kms_key.x", "update", {"t": "1"}, {"t": hostile}),
            )
        )
    )

    outside = "".join(dirty.split("`")[::2])
    assert dirty.count("\n") == clean.count("\n")
    assert outside.count("</details>") == outside.count("<details>") == clean.count("<details>")
    assert outside.count(hostile) == clean.count(hostile)


@pytest.mark.unmeasured
@pytest.mark.parametrize("environments", [1, 40])
def test_thousands_of_changes_fit(environments: int) -> None:
    """The least important goes first, and what is collapsed is said with its number."""
    noise = [
        change(f"aws_eip.e{i}", "update", {"tags": "æ" * 150}, {"tags": "ø" * 150})
        for i in range(1000 // environments)
    ]
    document = plan(change(_KEY, "delete", {}, None), *noise)

    comment = _comment(_review(*[document] * environments))

    assert len(comment.encode()) < LONGEST
    assert "KMS key secrets** destroyed" in comment
    assert "what to do" in comment
    assert "entities at low, not shown at all" in comment


@pytest.mark.unmeasured
def test_thousands_of_critical_changes_fit() -> None:
    """Even what can hurt is then counted, and the gate says that it stops."""
    document = plan(*(change(f"aws_kms_key.{'k' * 100}{i}", "delete", {}, None) for i in range(1000)))

    comment = _comment(_review(document))

    assert len(comment.encode()) < LONGEST
    assert "findings at critical, not shown at all" in comment
    assert "**May not merge**: 1000 findings" in comment


def test_much_for_information_is_one_line() -> None:
    """What is only new leaves the screen to the rest, and its addresses are still a click or two away."""
    new = [change(f"aws_eip.e{i}", "create", None, {}) for i in range(4)]

    few, many = _comment(_review(plan(*new[:3]))), _comment(_review(plan(*new)))

    assert "for information only" not in few
    assert "⬜ 4 entities for information only" in many
    assert "`aws_eip.e3`: new" in many


def test_information_is_collapsed_by_its_number() -> None:
    """First to one line for each entity, then to one for all."""
    new = [change(f"aws_eip.{'e' * 150}{i}", "create", None, {}) for i in range(250)]
    update = change("aws_eip.u", "update", {"tags": 1}, {"tags": 2})

    comment = _comment(_review(plan(update, *new)))

    assert len(comment.encode()) < LONGEST
    assert "Collapsed to fit into a comment: 250 entities at info." in comment
    assert "`aws_eip.u`: changed" in comment


def test_giant_names_and_reasons_are_cut_and_not_left_out() -> None:
    """A finding that is as long as a comment would otherwise be shown by its number only."""
    giant = "x" * 100_000
    member = {"role": f"roles/owner{giant}", "member": f"group:{giant}", "project": giant}
    document = plan(
        change(f"aws_kms_key.{giant}", "delete", {}, None),
        change("google_project_iam_member.a", "create", None, member),
        change("aws_eip.a", "update", {giant: 1}, {giant: 2}),
    )

    comment = _comment(
        Review(
            _TODAY,
            (reviewed(document, name=giant),),
            (NotReviewed(giant, giant, giant),) * 30,
            (giant,),
        )
    )

    assert len(comment.encode()) < LONGEST
    assert "everything encrypted with the key is lost" in comment
    assert "**aws kms key xxx" in comment
    assert "gets roles/owner" in comment or "group:xxx" in comment


@pytest.mark.unmeasured
def test_one_entity_of_thousands_of_changes_fits() -> None:
    """Its changes are collapsed into the line that sums them up."""
    changes = [
        change(f"aws_vpc.ManagementVpc_Zones_z{i}_{i:08X}", "update", {"tags": i}, {"tags": -1})
        for i in range(1000)
    ]

    comment = _comment(_review(plan(*changes)))

    assert len(comment.encode()) < LONGEST
    assert "management VPC: " in comment
    assert "1 entity at low" in comment


@pytest.mark.unmeasured
@pytest.mark.parametrize("character", ["é", "🟥", "&", "*", "\n"])
def test_no_character_makes_a_comment_too_long(character: str) -> None:
    """Neither those of several bytes nor those that are escaped."""
    text = character * 300
    changes = [change(f"aws_kms_key.{text}{i}", "delete", {"t": text}, None) for i in range(200)]
    missing = tuple(NotReviewed(f"{text}{i}", "env0", text * 2) for i in range(40))

    comment = _comment(_review(plan(*changes), missing=missing))

    assert len(comment.encode()) < LONGEST


@pytest.mark.unmeasured
def test_thousands_of_environments_fit() -> None:
    """Then there is no heading for each."""
    comment = _comment(_review(*[plan(change(_KEY, "delete", {}, None))] * 2500))

    assert len(comment.encode()) < LONGEST
    assert "2500 environments: too many" in comment


def test_headings_and_lists_are_read_as_such() -> None:
    """Markdown reads a line that follows HTML as HTML, until a blank line."""
    documents = [
        plan(
            change("aws_eip.a", "update", {"tags": "y" * 150}, {"tags": i}), change(_KEY, "delete", {}, None)
        )
        for i in range(2)
    ]
    collapsed = plan(
        *(change(f"aws_eip.e{i}", "update", {"tags": "y" * 150}, {"tags": "z" * 150}) for i in range(200))
    )

    rendered = MarkdownIt("commonmark", {"html": True}).render(_comment(_review(*documents, collapsed)))

    assert rendered.count("<h3>") == 3
    assert "\n- " not in rendered
