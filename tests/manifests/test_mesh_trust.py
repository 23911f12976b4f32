"""What a mesh's control plane signs with, as manifests."""

from __future__ import annotations

import json
from typing import Any

from estate.derived.clusters.mesh_trust import mesh_trust_contents
from estate.derived.fleet.mesh_trust import mesh_pool
from estate.model.environment import Environment
from manifests.mesh_trust import mesh_trust
from tests.derived.clusters.test_mesh_trust import SHARED, in_the_fleet_s_project
from tests.derived.fleet.test_mesh_trust import rooted
from tests.manifests.test_custom_resources import problems


def made(one: Environment, cluster: str = "apps") -> dict[str, dict[str, Any]]:
    """The objects by kind."""
    return {found["kind"]: found for found in mesh_trust(mesh_trust_contents(SHARED, one, cluster))}


def test_istiod_finds_an_authority_under_the_name_that_it_looks_for() -> None:
    """Valid and renewed as the file says, by a key that is new each time."""
    found = made(rooted({"intermediate_days": 60, "renew_days": 20}))["Certificate"]

    assert (found["metadata"]["name"], found["metadata"]["namespace"]) == ("cacerts", "istio-system")
    assert found["spec"] == {
        "secretName": "cacerts",
        "isCA": True,
        "commonName": "istiod.kl-dev-apps",
        "duration": "1440h0m0s",
        "renewBefore": "480h0m0s",
        "privateKey": {"algorithm": "RSA", "size": 4096, "rotationPolicy": "Always"},
        "usages": ["cert sign", "crl sign"],
        "issuerRef": {"group": "cas-issuer.jetstack.io", "kind": "GoogleCASIssuer", "name": "mesh-root"},
    }


def test_nobody_outside_of_the_mesh_s_namespace_has_anything_signed() -> None:
    """The issuer is of that namespace: one of the cluster would sign an authority for whoever asks."""
    issuer = made(rooted({}))["GoogleCASIssuer"]

    assert issuer["metadata"]["namespace"] == "istio-system"
    assert issuer["spec"] == {
        "project": "kl-dev-host",
        "location": "europe-north1",
        "caPoolId": "kl-dev-mesh",
        "caFetchMode": "PoolCAs",
    }


def test_outside_of_the_fleet_s_project_a_token_signs_in() -> None:
    """Of the one account, for the fleet's pool, by a file that holds no secret."""
    one = rooted({})
    objects, pool = made(one), mesh_pool(one, "kl")
    assert pool

    config = json.loads(objects["ConfigMap"]["data"]["config"])
    pod = objects["Deployment"]["spec"]["template"]["spec"]
    [token, file] = pod["volumes"][0]["projected"]["sources"]
    assert config["audience"] == (
        "identitynamespace:kl-dev-host.svc.id.goog:https://gkehub.googleapis.com/projects/kl-dev-host/locations/"
        "europe-north1/memberships/kl-dev-apps"
    )
    assert "service_account_impersonation_url" not in config
    assert pod["serviceAccountName"] == pool.account
    assert token["serviceAccountToken"]["audience"] == pool.pool
    assert file["configMap"]["name"] == objects["ConfigMap"]["metadata"]["name"]
    [container] = pod["containers"]
    [variable], [mount] = container["env"], container["volumeMounts"]
    assert variable["value"] == f"{mount['mountPath']}/{file['configMap']['items'][0]['path']}"
    assert config["credential_source"]["file"] == f"{mount['mountPath']}/token"
    assert pool.member.endswith(f"/ns/{objects['Deployment']['metadata']['namespace']}/sa/{pool.account}")


def test_a_metadata_server_signs_in_by_itself() -> None:
    """Of GKE in the fleet's own project."""
    assert list(made(in_the_fleet_s_project(), "cloud")) == ["GoogleCASIssuer", "Certificate"]


def test_an_issuer_of_one_s_own_is_referred_to() -> None:
    """And made by whoever has it."""
    found = made(rooted({"issuer": {"name": "vault", "kind": "ClusterIssuer", "group": "example.com"}}))

    assert list(found) == ["Certificate"]
    assert found["Certificate"]["spec"]["issuerRef"] == {
        "group": "example.com",
        "kind": "ClusterIssuer",
        "name": "vault",
    }


def test_nothing_is_made_where_nothing_is_signed() -> None:
    """As before."""
    assert mesh_trust(None) == []


def test_no_private_key_stands_in_the_tree() -> None:
    """Nor a Secret of any kind."""
    found = mesh_trust(mesh_trust_contents(SHARED, rooted({}), "apps"))

    text = json.dumps(found)
    assert "Secret" not in {one["kind"] for one in found}
    assert "BEGIN" not in text
    assert "tls.key" not in text


def test_custom_resources_are_ones_that_their_makers_take() -> None:
    """By schemas derived from their definitions."""
    found = made(rooted({}))

    assert [problems(found[kind]) for kind in ("Certificate", "GoogleCASIssuer")] == [[], []]
    wrong = {**found["Certificate"], "spec": {**found["Certificate"]["spec"], "isCa": True}}
    assert problems(wrong)
