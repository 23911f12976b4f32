"""GitHub's REST API, as far as the pipeline needs it; the token goes to its host and into no text."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TEXT_LIMIT = 65_536
"""Characters that GitHub takes of a comment or an issue."""

_PATIENCE_SECONDS = 30
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_LONGEST = 300


class GithubRefused(Exception):  # noqa: N818 - reads as the sentence it is
    """GitHub did not do what it was asked for; the text says what it answered."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Another host must not get the token."""

    def redirect_request(self, *_args: Any, **_keywords: Any) -> None:
        """Follow nowhere."""
        return


_OPENER = urllib.request.build_opener(_NoRedirect)


@dataclass(frozen=True)
class Github:
    """One repository.

    Attributes:
        repository: owner and name.
        url: the API's address.
        token: what to show for rights.
    """

    repository: str
    url: str
    token: str = field(repr=False)

    def pages(self, path: str, key: str | None = None) -> Iterator[Any]:
        """Read a list, page after page.

        Args:
            path: below the repository, with a query.
            key: where an answer has its list, when it is no list itself.

        Raises:
            GithubRefused: a page is not to be had.
        """
        url: str | None = f"{self._base}{path}{'&' if '?' in path else '?'}per_page=100"
        while url:
            answer, url = self._ask("GET", url)
            yield from answer if key is None else answer[key]

    def get(self, path: str = "") -> Any:
        """Read one thing; the repository itself where no path is named.

        Raises:
            GithubRefused: it is not to be had.
        """
        return self._ask("GET", f"{self._base}{path}")[0]

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Any:
        """Ask what only the GraphQL API tells; what the token may not see is None in the answer.

        Raises:
            GithubRefused: there is no answer at all.
        """
        # https://api.github.com/graphql, and https://HOST/api/graphql beside /api/v3 on a server of one's own.
        url = f"{self.url.removesuffix('/v3')}/graphql"
        answer = self._ask("POST", url, {"query": query, "variables": variables})[0]
        if not answer.get("data"):
            said = "; ".join(str(error.get("message"))[:_LONGEST] for error in answer.get("errors", ()))
            raise GithubRefused(f"POST {urlsplit(url).path}: {said or 'answers nothing'}")
        return answer["data"]

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Write something.

        Raises:
            GithubRefused: it was not written.
        """
        return self._ask(method, f"{self._base}{path}", body)[0]

    @property
    def _base(self) -> str:
        return f"{self.url}/repos/{self.repository}"

    def _ask(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> tuple[Any, str | None]:
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
            url,
            data=None if body is None else json.dumps(body).encode("utf-8"),
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "hybrid-kubernetes-as-code",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        what = f"{method} {urlsplit(url).path}"
        try:
            with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as answer:
                found = json.loads(answer.read() or b"null")
                next_page = _NEXT.search(answer.headers.get("Link", ""))
        except urllib.error.HTTPError as error:
            with error:
                raise GithubRefused(
                    f"{what}: {error.code} {_message(error.read())}{_hint(error.code)}"
                ) from None
        except (OSError, http.client.HTTPException) as error:
            raise GithubRefused(f"{what}: cannot be reached ({error})") from None
        except ValueError:
            raise GithubRefused(f"{what}: the answer is not JSON") from None
        if next_page and not next_page[1].startswith(f"{self.url}/"):
            raise GithubRefused(f"{what}: leads on to another host, which gets no token")
        return found, next_page[1] if next_page else None


def github_of_environment(environment: Mapping[str, str]) -> Github:
    """The repository that a job runs for, from what GitHub Actions sets.

    Raises:
        GithubRefused: something of it is missing or of no use.
    """
    repository = environment.get("GITHUB_REPOSITORY", "")
    url = environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    token = environment.get("GITHUB_TOKEN", "").strip()
    if not _REPOSITORY.fullmatch(repository):
        raise GithubRefused("GITHUB_REPOSITORY must be OWNER/NAME, as GitHub Actions sets it")
    if not url.startswith("https://") and urlsplit(url).hostname != "127.0.0.1":
        raise GithubRefused("GITHUB_API_URL must begin with https://")
    if not token or not token.isprintable():
        raise GithubRefused("GITHUB_TOKEN is not set, or no token; hand the job's own to this step")
    return Github(repository, url, token)


def _message(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"])[:_LONGEST]
    except (ValueError, KeyError, TypeError):
        return "without a reason"


def _hint(code: int) -> str:
    return {
        401: "; the token is no longer good",
        403: "; does the job have the permission for it, and is there any rate left?",
        404: "; is it there, and does the job have the permission to see it?",
    }.get(code, "")
