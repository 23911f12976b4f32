"""What a cluster asks of the root of its mesh."""

from __future__ import annotations

from typing import Any

from estate.derived.clusters.contents import clusters
from estate.derived.clusters.installed import installed
from estate.derived.clusters.mesh_trust import MeshTrustContents, mesh_trust_contents
from estate.model.environment import Environment
from tests.derived.fleet.test_mesh_trust import rooted
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT, without

SHARED = organization(promotion=("dev",), gitops={})


def asked(one: Environment, cluster: str = "apps") -> MeshTrustContents | None:
    """What a cluster asks."""
    return mesh_trust_contents(SHARED, one, cluster)


def software(one: Environment, cluster: str) -> dict[str, Any]:
    """What is installed in it for that, by name."""
    found = installed(SHARED, one, cluster)
    return {each.name: dict(each.values) for each in found if each.namespace == "cert-manager"}


def in_the_fleet_s_project() -> Environment:
    """The same, with its GKE cluster in the host project."""
    document = without(ENVIRONMENT, "google.gke_clusters.cloud.project")
    return Environment.model_validate({**document, "fleet": {"features": {"service_mesh": {"trust": {}}}}})


def test_a_cluster_asks_the_pool_of_its_environment() -> None:
    """By tokens that the fleet knows by the cluster's membership, where no metadata server knows its pods."""
    apps, cloud = asked(rooted({"intermediate_days": 60})), asked(rooted({}), "cloud")

    assert apps
    assert apps.pool
    assert cloud
    assert (apps.name, apps.days, apps.renew_days) == ("istiod.kl-dev-apps", 60, 30)
    assert (apps.issuer.kind, apps.pool.name) == ("GoogleCASIssuer", "kl-dev-mesh")
    members = "https://gkehub.googleapis.com/projects/kl-dev-host/locations/europe-north1/memberships"
    assert (apps.provider, cloud.provider) == (f"{members}/kl-dev-apps", f"{members}/kl-dev-cloud")
    own = asked(in_the_fleet_s_project(), "cloud")
    assert own
    assert own.provider is None


def test_an_issuer_of_one_s_own_is_asked_instead() -> None:
    """Nothing signs in anywhere from here, and nothing is installed."""
    one = rooted({"issuer": {"name": "vault"}})

    found = asked(one)
    assert found
    assert (found.pool, found.provider, found.issuer.name) == (None, None, "vault")
    assert software(one, "apps") == {}


def test_who_signs_nothing_asks_for_nothing() -> None:
    """Without trust, without a mesh, where Google signs."""
    assert asked(rooted(None)) is None
    assert asked(environment("dev")) is None
    assert asked(rooted({}, clusters={"cloud": {"management": "automatic"}}), "cloud") is None
    assert software(rooted(None), "apps") == {}


def test_the_issuer_s_own_pod_runs_where_it_can_sign_in_by_itself() -> None:
    """Elsewhere its chart brings account, rights and definitions alone."""
    issuer = {"nameOverride": "mesh-issuer-dev"}

    found = software(rooted({}), "apps")
    assert list(found) == ["cert-manager", "google-cas-issuer"]
    assert found["google-cas-issuer"] == {**issuer, "replicaCount": 0}
    own = software(in_the_fleet_s_project(), "cloud")
    assert own["google-cas-issuer"] == {**issuer, "replicaCount": 1}


def test_it_stands_with_the_rest_of_the_cluster() -> None:
    """And whoever applies the rest may touch the namespace that it runs in."""
    found = {one.key: one for one in clusters(estate(SHARED, rooted({})), ["dev"])}

    assert found["apps"].mesh_trust == asked(rooted({}))
    assert "cert-manager" in found["apps"].others
