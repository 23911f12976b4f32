"""Who approved a pull request, as it is now: people who may write, and the teams that they approved for; and who made it.

An approval of an earlier commit counts for nothing. GitHub knows for which teams somebody approved, and tells it to
those who may see the teams: the token of a job does not, so teams stand here only for a token of a GitHub App that
may read the organization's members.
https://docs.github.com/en/graphql/reference/pulls#object-pullrequestreview: `onBehalfOf`, "a list of teams that this
review was made on behalf of"; `latestOpinionatedReviews(writersOnly: true)` (in the schema of 2026-07-22; read
2026-11-30).

Nobody agrees to what they made themselves. GitHub refuses the approval of whoever opened a pull request and of nobody else,
so here stands who pushed its branch, by the repository's activities ("such as pushes, merges, force pushes, and branch
changes, and associates these changes with commits and users",
https://docs.github.com/en/rest/repos/repos#list-repository-activities, read 2026-12-01), and whose commits they are. Commits
alone would not do: whose they are is whatever address stands in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from operations.github.api import Github, GithubRefused

_QUERY: Final = """\
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      headRefName
      author { login }
      commits(last: 100) { nodes { commit { authors(first: 20) { nodes { user { login } } } committer { user { login } } } } }
      latestOpinionatedReviews(first: 50, after: $after, writersOnly: true) {
        pageInfo { hasNextPage endCursor }
        nodes { state author { __typename login } commit { oid } onBehalfOf(first: 100) { nodes { combinedSlug } } }
      }
    }
  }
}
"""


def approvals_text(github: Github, number: int, head: str) -> str:
    """The approvals of a pull request's last commit, as a file for ``--approvals``.

    Args:
        github: the repository.
        number: the pull request's.
        head: the commit that was looked at.

    Raises:
        GithubRefused: there is no such pull request, it has another last commit by now, or nobody is known to have pushed it.
    """
    pages = list(_pages(github, number, head))
    found = {
        f"@{review['author']['login']}": sorted(f"@{team}" for team in _teams(review))
        for page in pages
        for review in page["latestOpinionatedReviews"]["nodes"]
        if review["state"] == "APPROVED"
        and (review["commit"] or {}).get("oid") == head
        # The account of whoever approved may be gone; an app's name may be a person's as well.
        and (review["author"] or {}).get("__typename") == "User"
    }
    approvals = [{"user": user, "teams": teams} for user, teams in sorted(found.items())]
    made = {*_whose(pages[0]), *_pushers(github, pages[0]["headRefName"], head)}
    said = {
        "pull_request": number,
        "head": head,
        "approvals": approvals,
        "made_by": sorted(f"@{login}" for login in made),
    }
    return json.dumps(said, indent=2) + "\n"


def _pages(github: Github, number: int, head: str) -> Iterator[Mapping[str, Any]]:
    owner, _, name = github.repository.partition("/")
    after: str | None = None
    while True:
        variables = {"owner": owner, "name": name, "number": number, "after": after}
        pull = ((github.graphql(_QUERY, variables)["repository"]) or {}).get("pullRequest")
        if pull is None:
            raise GithubRefused(f"there is no pull request {number}, or the token may not read it")
        if pull["headRefOid"] != head:
            raise GithubRefused(
                f"pull request {number} has another last commit than {head[:12]} by now, and that one is judged"
            )
        yield pull
        info = pull["latestOpinionatedReviews"]["pageInfo"]
        if not info["hasNextPage"]:
            return
        after = info["endCursor"]


def _whose(pull: Mapping[str, Any]) -> Iterator[str]:
    """Who opened it, and whose its last 100 commits are; an account that is gone approves nothing."""
    commits = [node["commit"] for node in pull["commits"]["nodes"]]
    people = [
        pull["author"],
        *(author["user"] for commit in commits for author in commit["authors"]["nodes"]),
        *((commit["committer"] or {}).get("user") for commit in commits),
    ]
    yield from (person["login"] for person in people if person)


def _pushers(github: Github, branch: str, head: str) -> Iterator[str]:
    """Who pushed the branch, whatever was on it before.

    Raises:
        GithubRefused: the activities cannot be read, or lack this commit, so that they do not say who brought it.
    """
    activities = list(github.pages(f"/activity?ref={quote(f'refs/heads/{branch}', safe='')}"))
    if not any(activity["after"] == head for activity in activities):
        raise GithubRefused(
            f"the activities of {branch} do not say who pushed {head[:12]}, and whoever did must not approve it; push again"
        )
    yield from (activity["actor"]["login"] for activity in activities if activity["actor"])


def _teams(review: Mapping[str, Any]) -> list[str]:
    nodes = (review["onBehalfOf"] or {}).get("nodes") or ()
    return [str(team["combinedSlug"]) for team in nodes if team]
