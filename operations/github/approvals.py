"""Who approved a pull request, as it is now: people who may write, and the teams that they approved for.

An approval of an earlier commit counts for nothing. GitHub knows for which teams somebody approved, and tells it to
those who may see the teams: the token of a job does not, so teams stand here only for a token of a GitHub App that
may read the organization's members.
https://docs.github.com/en/graphql/reference/pulls#object-pullrequestreview: `onBehalfOf`, "a list of teams that this
review was made on behalf of"; `latestOpinionatedReviews(writersOnly: true)` (in the schema of 2026-07-22; read
2026-11-30).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.github.api import Github, GithubRefused

_QUERY: Final = """\
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
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
        GithubRefused: there is no such pull request, or it has another last commit by now.
    """
    found = {
        f"@{review['author']['login']}": sorted(f"@{team}" for team in _teams(review))
        for review in _reviews(github, number, head)
        if review["state"] == "APPROVED"
        and (review["commit"] or {}).get("oid") == head
        # The account of whoever approved may be gone; an app's name may be a person's as well.
        and (review["author"] or {}).get("__typename") == "User"
    }
    approvals = [{"user": user, "teams": teams} for user, teams in sorted(found.items())]
    return json.dumps({"pull_request": number, "head": head, "approvals": approvals}, indent=2) + "\n"


def _reviews(github: Github, number: int, head: str) -> Iterator[Mapping[str, Any]]:
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
        reviews = pull["latestOpinionatedReviews"]
        yield from reviews["nodes"]
        if not reviews["pageInfo"]["hasNextPage"]:
            return
        after = reviews["pageInfo"]["endCursor"]


def _teams(review: Mapping[str, Any]) -> list[str]:
    nodes = (review["onBehalfOf"] or {}).get("nodes") or ()
    return [str(team["combinedSlug"]) for team in nodes if team]
