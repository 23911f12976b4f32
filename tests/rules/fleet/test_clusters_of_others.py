"""Clusters of others as members of a fleet: what they need, what they cannot have, who administers them."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.contents import clusters
from estate.derived.clusters.storage import default_storage
from estate.derived.fleet.attached import attached_services, sends_telemetry
from estate.derived.stack_plan import has_attach, stack_plans
from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.model.fleet.attached_documents import AKS, INSIDE
from tests.model.refusals import refusals
from tests.model.vmware.documents import GOOGLE, SECTION, changed

SYNC = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "gcenode"}}


def refused(features: dict[str, Any] | None = None, key: str = "web", **fields: Any) -> dict[str, str]:
    """What an environment with a cluster of others is refused for."""
    fleet = {"attached_clusters": {key: AKS}, "features": features or {}}
    document = {"environment": "dev", "state": {"local": {}}, "google": GOOGLE, "fleet": fleet, **fields}
    return refusals(Environment, {name: value for name, value in document.items() if value is not None})


def attaching(**fields: Any) -> Environment:
    """An environment with one, which says this beside."""
    return environment("dev", fleet={"attached_clusters": {"web": {**AKS, **fields}}})


def test_it_is_a_member() -> None:
    """With a companion stack and the APIs that it needs, and nothing of EKS."""
    there = attaching()
    shared = organization(promotion=("dev",), teams={"seeiendom": {**SEEIENDOM, "access": {"dev": "edit"}}})
    [contents] = clusters(estate(shared, there), ["dev"])

    assert refused() == {}
    assert (there.members, there.own_members, has_attach(there)) == (("web",), (), True)
    assert "gkemulticloud" in attached_services(there)
    assert sends_telemetry(there)
    assert default_storage(shared, there, "web") is None
    assert (contents.key, contents.software, contents.platform_group) == ("web", (), None)
    assert [one.name for one in contents.namespaces] == ["seeiendom-web"]


def test_its_companion_names_what_it_reaches() -> None:
    """Behind the EKS clusters, after the environment's own stack."""
    there = environment("dev", aws=AWS, fleet={"attached_clusters": {"inside": INSIDE}})

    plan = stack_plans(estate(organization(promotion=("dev",)), there))["dev-attach"]

    assert plan.after == ("dev",)
    assert list(map(str, plan.clusters)) == [
        "the API of EKS cluster kl-dev-cloud in eu-west-1",
        "the API of attached cluster inside at 10.40.0.10:6443",
    ]


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"google": None}, "fleet.attached_clusters.web", "needs google with the host_project"),
        (
            {"key": "apps", "vmware": SECTION},
            "fleet.attached_clusters.apps",
            "differ from vmware.user_clusters.apps",
        ),
        ({"key": "cloud", "aws": AWS}, "fleet.attached_clusters.cloud", "differ from aws.eks_clusters.cloud"),
        (
            {"features": {"config_sync": SYNC}},
            "fleet.features.config_sync.git.secret_type",
            "must not be gcenode for fleet.attached_clusters.web",
        ),
        (
            {"features": {"service_mesh": {"management": "automatic"}}},
            "fleet.features.service_mesh.management",
            "such as fleet.attached_clusters.web",
        ),
        (
            {"features": {"service_mesh": {"clusters": {"web": {}}}}},
            "fleet.features.service_mesh.clusters.web",
            "must not name fleet.attached_clusters.web: Google ends",
        ),
    ],
)
def test_a_mistake_is_refused(fields: dict[str, Any], path: str, words: str) -> None:
    """Where the file can be corrected."""
    found = refused(**fields)

    assert list(found) == [path]
    assert words in found[path]


def violations(*environments: Environment, **fields: Any) -> dict[str, str]:
    """Messages of the rules that cross environments, by path."""
    names = tuple(one.environment for one in environments)
    whole = estate(organization(promotion=names, **fields), *environments)
    return {".".join(map(str, one.path)): one.message for one in broken_rules(whole)}


def test_names_differ_within_a_fleet() -> None:
    """A membership would be taken over by the second."""
    eks = environment("dev", aws=AWS, fleet={"attached_clusters": {"web": {**AKS, "name": "kl-dev-cloud"}}})
    first = environment("dev", fleet={"attached_clusters": {"web": {**AKS, "name": "web"}}})
    second = environment(
        "prod",
        project="kl-dev-host",
        owner="dev",
        fleet={"attached_clusters": {"web": {**AKS, "name": "web"}}},
    )

    assert (
        "must differ in name from dev fleet.attached_clusters.web"
        in violations(eks)["dev.aws.eks_clusters.cloud"]
    )
    assert (
        "must differ in name from dev fleet.attached_clusters.web in the same fleet"
        in violations(first, second)["prod.fleet.attached_clusters.web"]
    )


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("admin_users", "takes at most 10 people as administrators, got 11"),
        ("admin_groups", "takes at most 10 groups as administrators, got 11"),
    ],
)
def test_the_service_takes_ten_of_each(field: str, words: str) -> None:
    """Those of all clusters among them."""
    many = [f"a{number}@example.com" for number in range(10)]
    shared = {
        "platform_team": {"group": "platform@example.com"},
        "break_glass": {
            "alice": {
                "user": "alice@example.com",
                "environments": ["dev"],
                "expires": "2027-01-31",
                "reason": "on call",
            }
        },
    }

    found = violations(attaching(**{field: many}), **shared)

    assert list(found) == [f"dev.fleet.attached_clusters.web.{field}"]
    assert words in next(iter(found.values()))


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        (
            {"admin_users": ["ola@else.com"]},
            "admin_users.0",
            "must be a person of example.com or a service account",
        ),
        (
            {"admin_groups": ["ops@else.com"]},
            "admin_groups.0",
            "must be a group of example.com, got ops@else.com",
        ),
        ({"admin_users": ["platform@example.com"]}, "admin_users.0", "got the group platform@example.com"),
    ],
)
def test_administrators_are_of_the_organization(fields: dict[str, Any], path: str, words: str) -> None:
    """And people where people are meant."""
    found = violations(attaching(**fields), platform_team={"group": "platform@example.com"})

    assert list(found) == [f"dev.fleet.attached_clusters.web.{path}"]
    assert words in next(iter(found.values()))


def test_who_leaves_is_counted_no_more() -> None:
    """It needs no API; its companion stays."""
    there = attaching(leaves=True)

    assert (there.members, has_attach(there), attached_services(there)) == ((), True, frozenset())
    assert violations(there) == {}
    assert refused(google=None, fleet={"attached_clusters": {"web": changed(AKS, leaves=True)}}) != {}
