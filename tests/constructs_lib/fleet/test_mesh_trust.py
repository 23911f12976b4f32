"""The root of a mesh and the pool that it stands in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack
from cdktf_cdktf_provider_google.project_service import ProjectService

from constructs_lib.fleet.mesh_trust import MeshAuthority
from estate.derived.fleet.mesh_trust import mesh_pool
from estate.model.fleet.mesh_trust import MeshTrust
from tests.constructs_lib.google.defined import synthesize_google
from tests.model.access.estates import environment
from tests.synth import Synthesized

POOL = "google_privateca_ca_pool"
ROOT = "google_privateca_certificate_authority"
MEMBER = "google_privateca_ca_pool_iam_member"
SIGNS = {
    "base_key_usage": {"cert_sign": True, "crl_sign": True},
    "extended_key_usage": {"server_auth": False},
}


def authority(
    tmp_path: Path, *, protected: bool = True, let_in: bool = False, days: int = 90, **said: Any
) -> Synthesized:
    """A stack with what the file says."""
    trust = {"intermediate_days": days, "authority": said}
    one = environment("dev", fleet={"features": {"service_mesh": {"trust": trust}}})
    pool = mesh_pool(one, "kl")
    assert pool

    def define(stack: TerraformStack) -> None:
        config = MeshTrust.model_validate(trust)
        made = MeshAuthority(
            stack, "Mesh", config=config, pool=pool, organization="kl", prevent_destroy=protected
        )
        if let_in:
            made.let_in(pool.member, [ProjectService(stack, "Cluster", service="gkehub.googleapis.com")])

    return synthesize_google(tmp_path, define)


def test_the_pool_issues_authorities_with_none_below_them_and_nothing_else(tmp_path: Path) -> None:
    """Whatever a request asks for: by the requester's own RSA key, for no longer than the file says."""
    found = authority(tmp_path).one(POOL)

    assert found == {
        "project": "kl-dev-host",
        "location": "europe-north1",
        "name": "kl-dev-mesh",
        "tier": "DEVOPS",
        "publishing_options": {"publish_ca_cert": False, "publish_crl": False},
        "issuance_policy": {
            "allowed_issuance_modes": {
                "allow_config_based_issuance": False,
                "allow_csr_based_issuance": True,
            },
            "allowed_key_types": [{"rsa": {"max_modulus_size": "4096", "min_modulus_size": "4096"}}],
            "identity_constraints": {
                "allow_subject_alt_names_passthrough": False,
                "allow_subject_passthrough": True,
            },
            "maximum_lifetime": "7776000s",
            "baseline_values": {
                "ca_options": {"is_ca": True, "zero_max_issuer_path_length": True},
                "key_usage": SIGNS,
            },
        },
        "lifecycle": {"prevent_destroy": True},
    }


def test_the_root_is_made_by_the_service(tmp_path: Path) -> None:
    """Of a subject and of what its key is made by: nothing of the key itself."""
    stack = authority(tmp_path)

    assert stack.one(ROOT) == {
        "project": "kl-dev-host",
        "location": "europe-north1",
        "pool": f"${{{stack.address(POOL)}.name}}",
        "certificate_authority_id": "kl-dev-mesh-root-1",
        "type": "SELF_SIGNED",
        "desired_state": "ENABLED",
        "lifetime": "315360000s",
        "key_spec": {"algorithm": "RSA_PKCS1_4096_SHA256"},
        "config": {
            "subject_config": {"subject": {"common_name": "kl-dev-mesh-root-1", "organization": "kl"}},
            "x509_config": {"ca_options": {"is_ca": True, "max_issuer_path_length": 1}, "key_usage": SIGNS},
        },
        "deletion_protection": True,
        "ignore_active_certificates_on_deletion": False,
        "skip_grace_period": False,
        "lifecycle": {"prevent_destroy": True},
    }


def test_no_private_key_goes_through_terraform(tmp_path: Path) -> None:
    """Neither in what is said nor in what is put out; a state has the certificate, which is public."""
    stack = authority(tmp_path, let_in=True, tier="enterprise", beside=[2])

    text = json.dumps([stack.resources(POOL), stack.resources(ROOT), stack.resources(MEMBER)]).lower()
    assert [
        word for word in ("pem", "private", "secret", "password") if word in text.replace("privateca", "")
    ] == []
    assert stack.outputs == {}
    assert not [
        type_ for type_ in stack.counts() if type_.startswith("tls_") or "certificate_template" in type_
    ]


def test_tier_place_and_days_are_said(tmp_path: Path) -> None:
    """As the service calls them."""
    stack = authority(
        tmp_path, days=60, tier="enterprise", location="europe-west1", pool="roots", root_years=20
    )

    pool, root = stack.one(POOL), stack.one(ROOT)
    assert (pool["tier"], pool["location"], pool["name"]) == ("ENTERPRISE", "europe-west1", "roots")
    assert pool["issuance_policy"]["maximum_lifetime"] == "5184000s"
    assert (root["location"], root["certificate_authority_id"]) == ("europe-west1", "roots-root-1")
    assert root["lifetime"] == "630720000s"


def test_a_root_takes_another_s_place_in_steps(tmp_path: Path) -> None:
    """One signs; a higher one is to come, which the service calls staged, and a lower one is to go."""

    def states(**said: Any) -> dict[str, str]:
        found = authority(tmp_path, **said).resources(ROOT)
        return {one["certificate_authority_id"]: one["desired_state"] for one in found.values()}

    assert states(beside=[2]) == {"kl-dev-mesh-root-1": "ENABLED", "kl-dev-mesh-root-2": "STAGED"}
    assert states(root=2, beside=[1]) == {"kl-dev-mesh-root-1": "DISABLED", "kl-dev-mesh-root-2": "ENABLED"}
    assert states(root=2) == {"kl-dev-mesh-root-2": "ENABLED"}


def test_a_throw_away_environment_lets_its_root_go(tmp_path: Path) -> None:
    """With all that it signed and at once: a pool stays as long as a root in it can come back."""
    stack = authority(tmp_path, protected=False)

    root = stack.one(ROOT)
    assert root["deletion_protection"] is False
    assert root["ignore_active_certificates_on_deletion"] is True
    assert root["skip_grace_period"] is True
    assert root["lifecycle"] == stack.one(POOL)["lifecycle"] == {"prevent_destroy": False}


def test_one_account_asks_this_pool_alone(tmp_path: Path) -> None:
    """It may have intermediates signed and read the roots, once there is an account at all."""
    stack = authority(tmp_path, let_in=True)

    found = stack.resources(MEMBER)
    assert {one["role"] for one in found.values()} == {
        "roles/privateca.certificateRequester",
        "roles/privateca.poolReader",
    }
    for one in found.values():
        assert one["ca_pool"] == f"${{{stack.address(POOL)}.id}}"
        assert one["depends_on"] == [stack.address("google_project_service")]
        assert one["member"] == (
            "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/"
            "kl-dev-host.svc.id.goog/subject/ns/cert-manager/sa/mesh-issuer-dev"
        )


@pytest.mark.parametrize("word", ["issuance_policy", "maximum_lifetime"])
def test_the_pool_is_changed_in_place(tmp_path: Path, word: str) -> None:
    """Other days are another policy of the same pool."""
    before, after = (json.dumps(authority(tmp_path, days=days).one(POOL)) for days in (90, 60))

    assert word in before
    assert before.replace("7776000s", "5184000s") == after
