"""Whose approval counts: people who may write, of this very commit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.fake_github import REPOSITORY, FakeGithub
from tests.operations.github.pulls import BRANCH, HEAD, OTHER, page, pushed


def review(
    login: str | None,
    *teams: str | None,
    state: str = "APPROVED",
    commit: str | None = HEAD,
    kind: str = "User",
) -> dict[str, Any]:
    """What somebody said last."""
    return {
        "state": state,
        "author": login and {"__typename": kind, "login": login},
        "commit": commit and {"oid": commit},
        "onBehalfOf": {"nodes": [team and {"combinedSlug": team} for team in teams]},
    }


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where they are written."""
    return tmp_path / "approvals.json"


def asked(output: Path) -> int:
    """Ask who approved pull request 7."""
    return main(["github", "approvals", "7", f"--head={HEAD}", f"--output={output}"])


def test_people_and_the_teams_that_they_approved_for(github: FakeGithub, output: Path) -> None:
    """On every page; what somebody said of an earlier commit, or against it, is no approval, nor is an app's."""
    github.activities = {f"refs/heads/{BRANCH}": pushed("per")}
    github.graphql = [
        page(review("zoe", "kl/platform", "kl/aws"), review("old", commit=OTHER), after="x"),
        page(
            review("gone", commit=None),
            review(None),
            review("against", state="CHANGES_REQUESTED"),
            review("taken-back", state="DISMISSED"),
            review("anna"),
            # GitHub says no [bot] behind its name here.
            review("kari", kind="Bot"),
        ),
    ]

    assert asked(output) == 0

    assert json.loads(output.read_text()) == {
        "pull_request": 7,
        "head": HEAD,
        "approvals": [
            {"user": "@anna", "teams": []},
            {"user": "@zoe", "teams": ["@kl/aws", "@kl/platform"]},
        ],
        "made_by": ["@per"],
    }
    activities = f"GET /repos/{REPOSITORY}/activity?ref=refs%2Fheads%2Fmore%20%231&per_page=100"
    assert github.asked == ["POST /graphql", "POST /graphql", activities]


def test_who_made_it(github: FakeGithub, output: Path) -> None:
    """Whoever opened it, pushed the branch, on every page of that, or is named in a commit; accounts that are gone are nobody."""
    github.activities = {
        f"refs/heads/{BRANCH}": pushed("ola", None, "kari"),
        "refs/heads/main": pushed("eva"),
    }
    github.graphql = [page(author="per", commits=[("liv", None, "web-flow"), (None, None)])]

    assert asked(output) == 0

    assert json.loads(output.read_text())["made_by"] == ["@kari", "@liv", "@ola", "@per", "@web-flow"]


@pytest.mark.parametrize("activities", [[], pushed("ola", head=OTHER)], ids=["none", "another"])
def test_where_nobody_is_known_to_have_pushed_it_nobody_can_approve(
    github: FakeGithub, output: Path, capsys: pytest.CaptureFixture[str], activities: list[dict[str, Any]]
) -> None:
    """Whoever did could be the one who approves."""
    github.activities = {f"refs/heads/{BRANCH}": activities}
    github.graphql = [page(author="per")]

    assert asked(output) == 2

    words = f"the activities of {BRANCH} do not say who pushed beefbeefbeef"
    assert words in capsys.readouterr().err
    assert not output.exists()


def test_teams_that_a_token_may_not_see_are_none(github: FakeGithub, output: Path) -> None:
    """Fewer approvals count then, never more."""
    github.activities = {f"refs/heads/{BRANCH}": pushed("per")}
    hidden = review("anna", None)
    unknown = {**review("zoe"), "onBehalfOf": None}
    github.graphql = [{**page(hidden, unknown), "errors": [{"message": "Resource not accessible"}]}]

    assert asked(output) == 0

    approvals = json.loads(output.read_text())["approvals"]
    assert [approval["teams"] for approval in approvals] == [[], []]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(page(head=OTHER), "has another last commit than beefbeefbeef by now", id="pushed-to"),
        pytest.param(
            {"data": {"repository": {"pullRequest": None}}}, "there is no pull request 7", id="none"
        ),
        pytest.param({"data": {"repository": None}}, "there is no pull request 7", id="hidden"),
        pytest.param({"errors": [{"message": "no such field"}]}, "/graphql: no such field", id="errors"),
        pytest.param({"data": None}, "/graphql: answers nothing", id="nothing"),
    ],
)
def test_without_an_answer_there_is_no_file(
    github: FakeGithub,
    output: Path,
    capsys: pytest.CaptureFixture[str],
    answer: dict[str, Any],
    words: str,
) -> None:
    """An empty one would say that nobody approved."""
    github.graphql = [answer]

    assert asked(output) == 2

    assert words in capsys.readouterr().err
    assert not output.exists()
