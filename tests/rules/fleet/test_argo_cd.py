"""What environments say of their clusters' Argo CD."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT

SIGN_IN = {"issuer": "https://login.example.com", "client_id": "argo"}
URLS = {"apps": "https://argo-apps.example.com", "cloud": "https://argo-cloud.example.com"}


def refused(said: dict[str, Any], argo_cd: dict[str, Any] | None, last: str = "prod") -> dict[str, str]:
    """What dev, which has the clusters apps and cloud, is refused for."""
    one = Environment.model_validate({**ENVIRONMENT, "fleet": {"argo_cd": said}})
    there = (
        {"gitops": {}, "argo_cd": {"repo": "https://git.example.com/c.git", **argo_cd}}
        if argo_cd is not None
        else {}
    )
    shared = organization(promotion=("dev", "prod") if last == "prod" else ("dev",), **there)
    whole = estate(shared, one, environment("test", fleet=None))
    return {
        ".".join(map(str, violation.path)): violation.message
        for violation in broken_rules(whole)
        if "argo_cd" in violation.path
    }


@pytest.mark.parametrize(
    ("said", "argo_cd"),
    [
        ({}, None),
        ({}, {}),
        ({"urls": URLS}, {"sign_in": SIGN_IN}),
        ({"prune": False, "self_heal": True}, {}),
        ({"autosync": False}, {}),
    ],
    ids=["none", "nothing said", "signed in", "automated", "by hand"],
)
def test_what_goes_together(said: dict[str, Any], argo_cd: dict[str, Any] | None) -> None:
    """Defaults, and choices that mean something."""
    assert refused(said, argo_cd) == {}


def test_settings_of_an_argo_cd_that_is_not_there() -> None:
    """Nothing would take them."""
    found = refused({"autosync": True}, None)

    assert list(found) == ["dev.fleet.argo_cd"]
    assert "organization.yaml has none" in found["dev.fleet.argo_cd"]


def test_whoever_signs_in_is_sent_back() -> None:
    """To a URL of each cluster's; nobody asks for one where nobody signs in."""
    found = refused({"urls": {"apps": URLS["apps"]}}, {"sign_in": SIGN_IN})

    assert list(found) == ["dev.fleet.argo_cd.urls"]
    assert found["dev.fleet.argo_cd.urls"].startswith("must name cloud, too:")
    assert found["dev.fleet.argo_cd.urls"].endswith(
        "add cloud: https://argo-dev-cloud.example.com or the like"
    )
    assert refused({}, {}) == {}


def test_a_url_of_no_member() -> None:
    """Misspelt, nobody would find it."""
    found = refused({"urls": {"app": URLS["apps"]}}, {})

    assert found == {"dev.fleet.argo_cd.urls.app": "must be a member of the fleet: apps, cloud; got app"}


@pytest.mark.parametrize(
    ("said", "last", "why"),
    [
        ({"autosync": False, "prune": True}, "prod", "autosync is off here; switch it on"),
        ({"prune": True}, "dev", "off here, in the last environment of promotion; switch it on"),
        ({"self_heal": True}, "dev", "off here, in the last environment of promotion; switch it on"),
    ],
    ids=["said", "by default", "healing"],
)
def test_what_an_automated_sync_alone_does(said: dict[str, Any], last: str, why: str) -> None:
    """It would read as if it happened."""
    [message] = refused(said, {}, last).values()

    assert message.startswith("goes with autosync: true")
    assert why in message


def test_no_two_clusters_have_one_url() -> None:
    """Of one environment or of two."""
    whole = estate(
        organization(gitops={}, argo_cd={"repo": "https://git.example.com/c.git"}),
        Environment.model_validate(
            {**ENVIRONMENT, "fleet": {"argo_cd": {"urls": dict.fromkeys(URLS, URLS["apps"])}}}
        ),
        environment("prod", fleet=None),
    )

    found = {".".join(map(str, one.path)): one.message for one in broken_rules(whole) if "urls" in one.path}

    assert found == {
        "dev.fleet.argo_cd.urls.cloud": "must lead to this cluster's Argo CD alone, got https://argo-apps.example.com, which dev "
        "says of apps; give each a URL of its own"
    }
    assert refused({"urls": URLS}, {}) == {}
