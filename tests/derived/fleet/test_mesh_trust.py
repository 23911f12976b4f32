"""Who asks which root."""

from __future__ import annotations

from typing import Any

from estate.derived.fleet.mesh_trust import mesh_pool, mesh_trust, signing_clusters, signs_in_by_metadata
from estate.derived.google.roles import host_roles
from estate.derived.share import shares
from estate.model.environment import Environment
from estate.model.estate import Estate
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT, with_


def rooted(trust: dict[str, Any] | None, **mesh: Any) -> Environment:
    """An environment with a cluster on VMware and one in Google Cloud, in a mesh that says this."""
    said = {"trust": trust} if trust is not None else {}
    return Environment.model_validate(
        {**ENVIRONMENT, "fleet": {"features": {"service_mesh": {**said, **mesh}}}}
    )


def test_one_account_of_an_environment_asks_its_own_pool() -> None:
    """By the fleet's pool of identities; where nothing is said there is none."""
    pool = mesh_pool(rooted({}), "kl")

    assert pool
    assert (pool.project, pool.location, pool.name) == ("kl-dev-host", "europe-north1", "kl-dev-mesh")
    assert (pool.account, pool.pool) == ("mesh-issuer-dev", "kl-dev-host.svc.id.goog")
    assert pool.member.endswith(
        "/workloadIdentityPools/kl-dev-host.svc.id.goog/subject/ns/cert-manager/sa/mesh-issuer-dev"
    )
    assert mesh_pool(rooted(None), "kl") is None
    assert mesh_pool(rooted({"issuer": {"name": "vault"}}), "kl") is None
    assert mesh_trust(environment("dev", fleet=None)) is None


def test_clusters_sign_whose_control_plane_is_their_own() -> None:
    """Where Google runs it, Google does."""
    assert signing_clusters(rooted({})) == ("apps", "cloud")
    assert signing_clusters(rooted({}, clusters={"cloud": {"management": "automatic"}})) == ("apps",)
    assert signing_clusters(rooted(None)) == ()
    assert signing_clusters(environment("dev", fleet=None)) == ()


def test_pods_of_the_fleet_s_own_project_are_known_by_the_metadata_server() -> None:
    """Elsewhere they are another project's, or nobody's."""
    own = with_(ENVIRONMENT, "google.gke_clusters.cloud.project", None)
    own["google"]["gke_clusters"]["cloud"].pop("project")

    assert not signs_in_by_metadata(rooted({}), "apps")
    assert not signs_in_by_metadata(rooted({}), "cloud")
    assert signs_in_by_metadata(Environment.model_validate(own), "cloud")
    assert not signs_in_by_metadata(environment("dev"), "apps")


def test_a_writer_may_make_what_a_mesh_is_rooted_in() -> None:
    """And has no such role where nothing is."""

    def roles(one: Environment) -> list[str]:
        whole: Estate = estate(organization(promotion=("dev",), gitops={}), one)
        assert one.google
        return host_roles(one, one.google, shares(whole)["dev"])

    assert "privateca.admin" in roles(rooted({}))
    assert "privateca.admin" not in roles(rooted(None))
