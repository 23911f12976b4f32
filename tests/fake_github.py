"""A GitHub on the loopback interface: the part of its REST API that the pipeline uses, with pages of two."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_of-the-job"  # noqa: S105 - good nowhere
REPOSITORY = "kl/estate"
REPOSITORY_ID = 42
BOT = {"login": "github-actions[bot]"}

_PAGE = 2
Post = dict[str, Any]


@dataclass
class FakeGithub:
    """What the repository holds, and what was asked.

    Attributes:
        comments: of the pull request 7.
        issues: of the repository.
        pulls: pull requests by the commit that they merged.
        open_pulls: pull requests that are open.
        activities: what happened to branches, by reference, the newest first.
        runs: of the workflow that judges.
        jobs: of the run that applies.
        applies: runs that apply what was merged, of which run 9 is the second.
        things: what stands alone, by its path below the repository.
        statuses: those that were set, as commit, state, description and address.
        graphql: answers of the other API, one for each question.
        asked: method and path of every request.
        answer: takes a request's path and gives code, headers and body instead of the real answer.
    """

    comments: list[Post] = field(default_factory=list)
    issues: list[Post] = field(default_factory=list)
    pulls: dict[str, list[Post]] = field(default_factory=dict)
    runs: list[Post] = field(default_factory=list)
    jobs: list[Post] = field(default_factory=list)
    applies: list[Post] = field(default_factory=list)
    open_pulls: list[Post] = field(default_factory=list)
    activities: dict[str, list[Post]] = field(default_factory=dict)
    things: dict[str, Post] = field(default_factory=dict)
    statuses: list[tuple[str, str, str, str]] = field(default_factory=list)
    graphql: list[Post] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[str], tuple[int, dict[str, str], bytes] | None] = lambda _: None
    url: str = ""

    def __post_init__(self) -> None:
        """Every repository says what it is."""
        self.things[""] = {"id": REPOSITORY_ID, "default_branch": "main"}
        self.things["/actions/runs/9"] = {"workflow_id": 4, "run_number": 2}

    @property
    def environment(self) -> dict[str, str]:
        """What GitHub Actions sets for a job, and the token that the job hands to a step."""
        return {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN}

    def read(self, path: str, ref: str = "") -> Any:
        """What is to be had below the repository; None when it is not there."""
        if path == "/activity":
            return self.activities.get(ref, [])
        if path == "/issues":
            return [issue for issue in self.issues if issue["state"] == "open"]
        if found := re.fullmatch(r"/commits/(\w+)/pulls", path):
            return self.pulls.get(found[1], [])
        lists = {
            "/issues/7/comments": self.comments,
            "/pulls": self.open_pulls,
            "/actions/workflows/judge.yml/runs": {"workflow_runs": self.runs},
            "/actions/workflows/4/runs": {"workflow_runs": self.applies},
            "/actions/runs/9/jobs": {"jobs": self.jobs},
        }
        return lists.get(path)

    def write(self, path: str, body: Post) -> Post | None:
        """Make or change a post, set a status, answer a question; None when there is no such place."""
        if path == "/graphql":
            return self.graphql.pop(0)
        if found := re.fullmatch(r"/statuses/(\w+)", path):
            assert body["context"] == "hybrid"
            self.statuses.append((found[1], body["state"], body["description"], body["target_url"]))
            return {}
        if path in {"/issues/7/comments", "/issues"}:
            posts = self.comments if path.endswith("comments") else self.issues
            number = len(posts) + 1
            post = {
                "id": number,
                "number": number,
                "user": BOT,
                "state": "open",
                "html_url": f"{path}#{number}",
            }
            posts.append({**post, **body})
            return posts[-1]
        found = re.fullmatch(r"/issues/(comments/)?(\d+)", path)
        if found is None:
            return None
        post = (self.comments if found[1] else self.issues)[int(found[2]) - 1]
        post.update(body)
        return post


@contextmanager
def fake_github() -> Iterator[FakeGithub]:
    """Serve an empty repository while the block runs."""
    github = FakeGithub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self._path()
            if path in github.things:
                self._reply(path, github.things[path], {})
                return
            query = parse_qs(urlsplit(self.path).query)
            found = github.read(path, query.get("ref", [""])[0])
            key = next(iter(found)) if isinstance(found, dict) else None
            posts = found[key] if key else found
            page = int(query.get("page", ["1"])[0])
            part = None if posts is None else posts[(page - 1) * _PAGE : page * _PAGE]
            more = posts is not None and len(posts) > page * _PAGE
            bare = re.sub(r"[?&]page=\d+", "", self.path)
            link = {"Link": f'<{github.url}{bare}&page={page + 1}>; rel="next"'} if more else {}
            self._reply(path, {key: part} if key else part, link)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._reply(self._path(), github.write(self._path(), body), {})

        do_PATCH = do_POST  # noqa: N815 - the base class' way

        def _path(self) -> str:
            return urlsplit(self.path).path.removeprefix(f"/repos/{REPOSITORY}")

        def _reply(self, path: str, found: Any, headers: dict[str, str]) -> None:
            github.asked.append(f"{self.command} {self.path}")
            code, body = (
                (200, json.dumps(found).encode()) if found is not None else (404, b'{"message": "Not Found"}')
            )
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                code, body = 401, b'{"message": "Bad credentials"}'
            if instead := github.answer(path):
                code, headers, body = instead
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        github.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield github
        server.shutdown()
