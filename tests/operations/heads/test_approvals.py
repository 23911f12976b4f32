"""Only an owner's approval of the very commit counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.heads.approvals import Approval, Approvals, read_approvals
from operations.owners.codeowners import read_owners
from tests.operations.heads.checkouts import Checkouts, git

WAIVERS = "environments/policy/waivers.yaml"


@pytest.mark.parametrize(
    ("user", "teams", "by"),
    [
        ("kari", (), "@kari"),
        ("@Kari", (), "@kari"),
        ("ola", ("kl/security",), "@ola"),
        ("ola", ("@KL/Security",), "@ola"),
        ("ola", ("kl/everybody",), ""),
        ("ola", (), ""),
    ],
)
def test_an_owner_approves(both: Checkouts, user: str, teams: tuple[str, ...], by: str) -> None:
    """By name, or for a team; whatever the case, with @ or without."""
    both.approve(user, teams=teams)

    found = read_approvals(both.opened(), Path("approvals.json")).of(WAIVERS)

    assert found == Approval(by, "" if by else "@kl/security or @kari")


@pytest.mark.parametrize(
    ("users", "found"),
    [
        (
            ("kari",),
            Approval("", "@kl/security or @kari, other than @kari, who brought commits into it,"),
        ),
        (("kari", "ola"), Approval("@ola", "")),
    ],
)
def test_nobody_agrees_to_what_they_pushed(both: Checkouts, users: tuple[str, ...], found: Approval) -> None:
    """A code owner who pushes to somebody else's pull request needs another one."""
    both.approve(*users, teams=("kl/security",), made_by=("@Kari", "per"))

    assert read_approvals(both.opened(), Path("approvals.json")).of(WAIVERS) == found


def test_without_approvals_nobody_approved(both: Checkouts) -> None:
    """Whose is missing is said."""
    assert read_approvals(both.opened(), None).of(WAIVERS).awaited == "@kl/security or @kari"


def test_the_owners_are_those_of_the_base(both: Checkouts) -> None:
    """A pull request that makes its author an owner asks the others."""
    both.push(".github/CODEOWNERS", "* @ola\n")
    both.approve("ola")

    assert read_approvals(both.opened(), Path("approvals.json")).of(WAIVERS).by == ""


def test_approvals_of_another_commit_are_refused(both: Checkouts) -> None:
    """Who approved has not seen this one."""
    both.approve("kari")
    both.push("environments/dev.yaml", "environment: dev\n")

    with pytest.raises(
        InvalidInput, match=r"approvals\.json: is of commit \w{12}, and \w{12} is judged; make it anew"
    ):
        read_approvals(both.opened(), Path("approvals.json"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read"),
        ("{", "is not what it writes"),
        ("[]", "is not what it writes"),
        ('{"head": "x", "approvals": [{"user": 1, "teams": []}]}', "is not what it writes"),
        pytest.param('{"head": "x", "approvals": []}', "is not what it writes", id="no-makers"),
    ],
)
def test_a_file_of_no_use_is_refused(both: Checkouts, text: str | None, words: str) -> None:
    """Rather than taken for one that names nobody."""
    if text is not None:
        (both.base / "approvals.json").write_text(text)

    with pytest.raises(InvalidInput, match=words):
        read_approvals(both.opened(), Path("approvals.json"))


@pytest.mark.parametrize(
    ("owners", "words"),
    [
        (None, "nobody, because the base has no CODEOWNERS; merge one first, as .github/CODEOWNERS"),
        ("/other @kari", "nobody, because the base's CODEOWNERS names no owner; merge one first"),
        ("* kari@example.com", "kari@example.com, whose address no approval names; merge @user or"),
    ],
)
def test_where_nobody_can_approve_it_is_said(owners: str | None, words: str) -> None:
    """With what to do."""
    given = {"kari": frozenset({"kl/security"})}
    approvals = Approvals(None if owners is None else read_owners(owners), given)

    found = approvals.of(WAIVERS)

    assert found.by == ""
    assert found.awaited.startswith(words)


def test_a_base_without_owners_has_none(both: Checkouts) -> None:
    """Those of the head do not take their place."""
    git(both.base, "rm", "-q", ".github/CODEOWNERS")

    assert read_approvals(both.opened(), None).owners is None
