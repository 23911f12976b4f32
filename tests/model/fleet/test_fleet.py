"""The fleet as an environment file writes it, and the rules that look at clusters and other environments."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.fleet.mesh import mesh_id, network_names
from estate.derived.fleet.services import fleet_services
from estate.derived.google.services import needed_services
from estate.model.environment import Environment
from estate.model.fleet.fleet import FleetConfig
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT, with_
from tests.model.google.documents import environment as whole
from tests.model.refusals import refusals
from tests.model.vmware.documents import ADMIN, CLUSTER, GOOGLE, SECTION, changed, moved

GIT = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token"}}
OCI = {"oci": {"repo": "europe-docker.pkg.dev/p/config/cluster", "secret_type": "none"}}


def features(**found: Any) -> dict[str, Any]:
    """A fleet with these features."""
    return {"features": found}


def refused(fleet: dict[str, Any] | None, **fields: Any) -> dict[str, str]:
    """What an environment with user cluster `apps` and this fleet is refused for."""
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "google": GOOGLE,
        "vmware": SECTION,
        "fleet": fleet,
        **fields,
    }
    return refusals(Environment, {key: value for key, value in document.items() if value is not None})


def test_an_empty_section_is_a_fleet() -> None:
    """Nothing is on until it is said."""
    assert FleetConfig.model_validate({}).features.by_member() == {}
    assert refused({}) == {}


@pytest.mark.parametrize(
    ("fleet", "path", "words"),
    [
        ({"display_name": "abc"}, "display_name", "match"),
        (features(config_sync={}), "features.config_sync", "exactly one of git and oci, got none"),
        (features(config_sync={**GIT, **OCI}), "features.config_sync", "got git and oci"),
        (
            features(config_sync={"git": {"repo": "git.example.com/config", "secret_type": "none"}}),
            "features.config_sync.git.repo",
            "match",
        ),
        (
            features(config_sync={"git": {**GIT["git"], "secret_type": "gcpserviceaccount"}}),
            "features.config_sync.git.gcp_service_account_email",
            "got gcpserviceaccount",
        ),
        (
            features(
                config_sync={
                    "git": {
                        **GIT["git"],
                        "gcp_service_account_email": "reader@kl-dev-host.iam.gserviceaccount.com",
                    }
                }
            ),
            "features.config_sync.git.gcp_service_account_email",
            "goes with secret_type: gcpserviceaccount and no other, got token",
        ),
        (
            features(config_sync={"git": {**GIT["git"], "directory": "/clusters"}}),
            "features.config_sync.git.directory",
            "match",
        ),
        (
            features(policy_controller={"audit_interval_seconds": 5}),
            "features.policy_controller.audit_interval_seconds",
            "10",
        ),
        (features(fleet_observability={}), "features.fleet_observability", "must say default_logs"),
        (features(cluster_upgrade={"soaking_days": 31}), "features.cluster_upgrade.soaking_days", "30"),
        (features(rbac_role_binding_actuation={}), "features.rbac_role_binding_actuation", "Extra"),
    ],
    ids=[
        "short name",
        "no source",
        "two sources",
        "no URL",
        "account missing",
        "account too many",
        "absolute folder",
        "audits at once",
        "says nothing",
        "soaks too long",
        "what is derived",
    ],
)
def test_a_fleet_refuses(fleet: dict[str, Any], path: str, words: str) -> None:
    """Each mistake, at its field."""
    found = refusals(FleetConfig, fleet)

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    ("fleet", "path", "words"),
    [
        (
            features(service_mesh={"management": "automatic"}),
            "fleet.features.service_mesh.management",
            "must be manual for vmware.user_clusters.apps, got automatic: Google runs",
        ),
        (
            features(service_mesh={"clusters": {"apps": {"management": "automatic"}}}),
            "fleet.features.service_mesh.clusters.apps.management",
            "got automatic",
        ),
        (
            features(config_sync={"git": {**GIT["git"], "secret_type": "gcenode"}}),
            "fleet.features.config_sync.git.secret_type",
            "no Compute Engine instances",
        ),
        (
            features(
                config_sync={**GIT, "clusters": {"apps": {"oci": {**OCI["oci"], "secret_type": "gcenode"}}}}
            ),
            "fleet.features.config_sync.clusters.apps.oci.secret_type",
            "no Compute Engine instances",
        ),
        (
            features(policy_controller={"clusters": {"app": {}}}),
            "fleet.features.policy_controller.clusters.app",
            "attached aws.eks_clusters or fleet.attached_clusters: apps; got app",
        ),
    ],
    ids=[
        "managed mesh",
        "managed mesh here",
        "gce node",
        "gce node here",
        "no such cluster",
    ],
)
def test_what_only_google_cloud_has_is_refused_on_prem(fleet: dict[str, Any], path: str, words: str) -> None:
    """With the reason, before a cluster waits for it in vain."""
    found = refused(fleet)

    assert list(found) == [path]
    assert words in found[path]


def test_a_managed_mesh_is_for_the_others_where_on_prem_clusters_say_manual() -> None:
    """A fleet may have clusters in Google Cloud too."""
    mesh = {"management": "automatic", "clusters": {"apps": {"management": "manual"}}}

    assert refused(features(service_mesh=mesh)) == {}
    assert refused(features(service_mesh={"management": "automatic"}), vmware=None) == {}


@pytest.mark.parametrize(
    ("membership", "cluster"),
    [
        ("kl-dev-apps", "dev vmware.user_clusters.apps"),
        ("pinned", "prod vmware.user_clusters.apps"),
        ("kl-prod-admin", "prod vmware.admin_cluster"),
        ("kl-dev-cloud", None),
    ],
    ids=["here", "elsewhere in the fleet", "admin cluster", "in Google Cloud"],
)
def test_multi_cluster_ingress_is_held_in_google_cloud(membership: str, cluster: str | None) -> None:
    """Every cluster on VMware in the fleet is known by its name."""
    ingress = {"config_membership": f"projects/kl-host/locations/europe-north1/memberships/{membership}"}
    other = {
        "location": "europe-north1",
        "admin_cluster": {
            "membership": "projects/kl-host/locations/global/memberships/kl-prod-admin",
            "version": ADMIN["version"],
        },
        "user_clusters": {"apps": {**moved(CLUSTER, "10.22.0"), "name": "pinned"}},
    }
    whole = estate(
        organization(promotion=("dev", "prod", "bare")),
        environment("dev", project="kl-host", vmware=SECTION, fleet=features(multi_cluster_ingress=ingress)),
        environment("prod", project="kl-host", owner="dev", vmware=other),
        Environment.model_validate({"environment": "bare", "state": {"local": {}}}),
    )

    found = [violation.message for violation in broken_rules(whole)]

    expected = [f"memberships/{membership}, which is {cluster}"] if cluster else []
    assert [
        message.partition("got projects/kl-host/locations/europe-north1/")[2] for message in found
    ] == expected


def test_overrides_without_any_cluster_are_refused() -> None:
    """Nobody would get them."""
    found = refused(features(policy_controller={"clusters": {"apps": {}}}), vmware=None)

    assert "there are none; got apps" in found["fleet.features.policy_controller.clusters.apps"]


def test_a_fleet_needs_a_host_project() -> None:
    """It is the project's."""
    assert list(refused({}, google=None, vmware=None)) == ["fleet"]


@pytest.mark.parametrize(
    "fleet",
    [
        {"display_name": "kl dev"},
        features(fleet_observability={"default_logs": "copy"}),
        features(cluster_upgrade={}),
    ],
    ids=["name", "logs", "upgrade"],
)
def test_only_the_owner_sets_the_fleet_as_a_whole(fleet: dict[str, Any]) -> None:
    """Two files that set the same thing undo each other at every apply."""
    shared = {**GOOGLE, "host_project": {**GOOGLE["host_project"], "owner": "prod"}}

    [message] = refused(fleet, google=shared).values()

    assert "belongs to prod, which owns the fleet" in message


def test_members_of_a_shared_fleet_use_what_its_owner_switched_on() -> None:
    """A feature is the fleet's; its settings in a cluster are the cluster's environment's."""
    there = features(config_sync=GIT)
    member = environment("dev", project="kl-host", owner="prod", fleet=there)
    google = {
        "host_project": {"id": "kl-host", "number": 123456789012},
        "region": "europe-north1",
        "services": ["anthosconfigmanagement.googleapis.com"],
    }

    off = estate(organization(), member, environment("prod", google=google))
    on = estate(organization(), member, environment("prod", google=google, fleet=there))
    none = estate(organization(), member, environment("prod", google=google, fleet=None))

    assert [v.path for v in broken_rules(off)] == [("dev", "fleet", "features", "config_sync")]
    assert broken_rules(on) == []
    assert ("prod", "google", "host_project") in [v.path for v in broken_rules(none)]


def test_an_owner_that_does_not_exist_is_the_host_project_s_matter() -> None:
    """It is said once, there."""
    lost = estate(
        organization(), environment("dev", project="kl-host", owner="prod", fleet=features(config_sync=GIT))
    )

    assert [v.path for v in broken_rules(lost)] == [("dev", "google", "host_project", "owner")]


def test_a_feature_brings_its_apis() -> None:
    """Derived, so that nobody forgets one."""
    on = FleetConfig.model_validate(features(config_sync=GIT, policy_controller={}, service_mesh={}))

    assert fleet_services(None) == frozenset()
    assert fleet_services(on) - fleet_services(FleetConfig()) == {
        "anthosconfigmanagement",
        "anthospolicycontroller",
        "meshconfig",
    }
    assert "gkehub.googleapis.com" in needed_services(environment("dev"))


def test_mesh_and_networks_have_one_name_each() -> None:
    """Every cluster of the mesh says the same id, and a network of its own, which a renamed key leaves as it is."""
    renamed = {
        "google": with_(ENVIRONMENT["google"], "gke_clusters.cloud.short_name", "old"),
        "vmware": changed(SECTION, user_clusters__apps__name="kl-dev-first"),
    }

    assert mesh_id(123) == "proj-123"
    assert network_names(whole()) == {"apps": "dev-apps", "cloud": "dev-cloud"}
    assert network_names(whole({**ENVIRONMENT, **renamed})) == {"apps": "dev-first", "cloud": "dev-old"}
