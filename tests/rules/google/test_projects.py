"""The host project: its APIs, and who owns it when several environments share it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.google.services import needed_services, owned_services
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import GOOGLE, changed
from tests.rules.vmware.test_environments import ENVIRONMENT, OTHER, violations

SHARED = changed(OTHER, google=changed(GOOGLE, host_project__owner="dev"))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"host_project__id": "Kl"}, "host_project.id"),
        ({"host_project__number": 0}, "host_project.number"),
        ({"host_project__number": "123"}, "host_project.number"),
        ({"region": "eu-west"}, "region"),
        ({"services": ["dns"]}, "services.0"),
        ({"host_project__owner": "Dev"}, "host_project.owner"),
    ],
)
def test_refuses(changes: dict[str, Any], path: str) -> None:
    """Each mistake, at its field."""
    assert list(refusals(GoogleConfig, changed(GOOGLE, **changes))) == [path]


def test_clusters_on_vmware_need_their_documented_apis() -> None:
    """Google's list, with kubernetesmetadata that published samples forget; others are added by name."""
    plain = Environment.model_validate(ENVIRONMENT)
    more = Environment.model_validate(changed(ENVIRONMENT, google__services=["dns.googleapis.com"]))

    assert {"gkeonprem.googleapis.com", "kubernetesmetadata.googleapis.com"} <= set(owned_services(plain))
    assert set(owned_services(more)) - set(owned_services(plain)) == {"dns.googleapis.com"}
    assert list(owned_services(more)) == sorted(owned_services(more))


def test_a_project_alone_needs_nothing() -> None:
    """A section that is retired, or that waits for its first content."""
    alone = Environment.model_validate(changed(ENVIRONMENT, vmware=None, fleet=None))
    none = Environment.model_validate(changed(ENVIRONMENT, vmware=None, fleet=None, google=None))

    assert (owned_services(alone), owned_services(none)) == ((), ())
    assert needed_services(none) == frozenset()


def test_who_shares_a_project_switches_nothing_on() -> None:
    """The owner does, so that each API has one resource in all stacks."""
    assert owned_services(Environment.model_validate(SHARED)) == ()
    assert violations(ENVIRONMENT, SHARED) == {}


@pytest.mark.parametrize(
    ("owner", "sharer", "path", "words"),
    [
        (
            ENVIRONMENT,
            changed(SHARED, google=GOOGLE),
            "prod: google.host_project",
            "two owners, dev and prod",
        ),
        (
            ENVIRONMENT,
            changed(SHARED, google__host_project__owner="prod"),
            "prod: google.host_project.owner",
            "names prod itself",
        ),
        (
            ENVIRONMENT,
            changed(SHARED, google__host_project__owner="test"),
            "prod: google.host_project.owner",
            "got test; say dev",
        ),
        (
            changed(ENVIRONMENT, google__host_project__owner="prod"),
            SHARED,
            "dev: google.host_project.owner",
            "got prod; leave it out in one environment",
        ),
        (
            ENVIRONMENT,
            changed(SHARED, google__host_project__number=5),
            "prod: google.host_project.number",
            "must be 123456789012, as dev says",
        ),
        (
            ENVIRONMENT,
            changed(SHARED, google__services=["dns.googleapis.com"]),
            "dev: google",
            "add services: [dns.googleapis.com]",
        ),
    ],
    ids=["two owners", "owns itself", "owner elsewhere", "no owner", "two numbers", "API missing"],
)
def test_a_shared_project_has_one_owner(
    owner: dict[str, Any], sharer: dict[str, Any], path: str, words: str
) -> None:
    """Each mistake is reported in the file and at the field that has to change."""
    found = violations(owner, sharer)

    assert path in found
    assert words in found[path]
