"""What is said of Argo CD, of signing in to it and of repositories."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.access.team import Team
from estate.model.argo_cd import ArgoCd, SignIn, releases
from estate.model.fleet.argo_cd import ArgoCdInstances
from tests.model.access.estates import SEEIENDOM
from tests.model.refusals import refusals

SIGN_IN = {"issuer": "https://login.example.com", "client_id": "argo"}


def test_the_release_is_one_whose_file_is_known() -> None:
    """The first of the data where none is said."""
    versions = list(releases())

    assert ArgoCd().release.version == versions[0]
    assert [ArgoCd(version=one).release.version for one in versions] == versions
    assert {one.namespace for one in releases().values()} == {"argocd"}


def test_a_release_that_cannot_hold_namespaces_by_name_is_refused() -> None:
    """As every other one that nobody has the checksum of."""
    found = refusals(ArgoCd, {"version": "3.2.11"})

    assert found == {
        "version": f"must be one of {', '.join(releases())}, whose files are known with their checksums, got 3.2.11; before "
        "3.3.0 no project can be held to namespaces by their names"
    }


@pytest.mark.parametrize("version", releases())
def test_every_release_holds_namespaces_by_name(version: str) -> None:
    """Which came with 3.3.0."""
    assert tuple(map(int, version.split("."))) >= (3, 3, 0)


def test_google_says_no_groups() -> None:
    """Everybody would sign in, and nobody might anything."""
    found = refusals(SignIn, {**SIGN_IN, "issuer": "https://accounts.google.com/"})

    assert list(found) == ["issuer"]
    assert "must say people's groups, got https://accounts.google.com/" in found["issuer"]
    assert refusals(SignIn, SIGN_IN) == {}


@pytest.mark.parametrize(
    ("model", "document", "path"),
    [
        (SignIn, {**SIGN_IN, "issuer": "http://login.example.com"}, "issuer"),
        (SignIn, {**SIGN_IN, "client_secret": "s3cret Text"}, "client_secret"),
        (SignIn, {**SIGN_IN, "scopes": []}, "scopes"),
        (ArgoCd, {"revision": "-x"}, "revision"),
        (ArgoCdInstances, {"urls": {"apps": "https://argo.example.com/"}}, "urls.apps"),
        (Team, {**SEEIENDOM, "argo_group": 'a",b'}, "argo_group"),
        (Team, {**SEEIENDOM, "apps_repo": {"url": "git.example.com/x"}}, "apps_repo.url"),
        (Team, {**SEEIENDOM, "apps_repo": {"url": "https://git.example.com/*"}}, "apps_repo.url"),
        (ArgoCd, {"repo": "https://git.example.com/$(id)"}, "repo"),
    ],
    ids=[
        "open",
        "a secret",
        "no scope",
        "an option",
        "slash",
        "two groups",
        "no URL",
        "a pattern",
        "a command",
    ],
)
def test_words_that_would_be_read_in_another_way(model: Any, document: dict[str, Any], path: str) -> None:
    """By a shell, by Argo CD, or by people."""
    assert list(refusals(model, document)) == [path]
