"""The companion stack that attaches EKS clusters to the fleet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.derived.share import shares
from estate.model.environment import Environment
from estate.model.refactoring import Refactoring
from stacks.attach_stack import AttachStack
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS, CLUSTER
from tests.model.vmware.documents import changed
from tests.stacks.estates import synthesize_one
from tests.stacks.sections.test_eks import address
from tests.synth import Synthesized, make_app

PLATFORM = {"group": "platform@example.com"}
ALICE = {"user": "alice@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
FEATURES = {
    "config_sync": {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token"}},
    "policy_controller": {"clusters": {"cloud": {"audit_interval_seconds": 90}}},
    "service_mesh": {},
}
SHARED: dict[str, Any] = {
    "platform_team": PLATFORM,
    "teams": {"seeiendom": {**SEEIENDOM, "access": {"dev": "edit"}}},
    "break_glass": {"alice": ALICE},
}


def synthesize(
    outdir: Path, config: Environment, shared: dict[str, Any] | None = None, refactoring: Any = None
) -> Synthesized:
    """The companion of one environment."""
    whole = estate(organization(promotion=("dev",), **(SHARED if shared is None else shared)), config)
    assert config.google
    stack = AttachStack(
        make_app(outdir),
        "dev-attach",
        config=config,
        google=config.google,
        organization=whole.organization,
        refactoring=Refactoring.model_validate(refactoring or {}),
        share=shares(whole)["dev"],
    )
    return Synthesized(stack)


def attached(**changes: Any) -> Environment:
    """An environment whose cluster `cloud` says this of its membership."""
    section = changed(AWS, **{f"eks_clusters__cloud__attach__{key}": value for key, value in changes.items()})
    return environment("dev", aws=section, fleet={"features": FEATURES})


def test_a_cluster_becomes_a_member_after_its_agent(tmp_path: Path) -> None:
    """By the fleet's project number, with the platform team and who breaks glass as administrators."""
    found = synthesize(tmp_path, attached())

    assert found.one("google_container_attached_cluster") == {
        "name": "kl-dev-cloud",
        "project": "kl-dev-host",
        "location": "europe-north1",
        "distribution": "eks",
        "platform_version": "1.35.0-gke.1",
        "oidc_config": {
            "issuer_url": f"${{data.aws_eks_cluster.{next(iter(found.data('aws_eks_cluster')))}"
            ".identity[0].oidc[0].issuer}"
        },
        "fleet": {"project": "projects/123456789012"},
        "authorization": {"admin_groups": ["platform@example.com"], "admin_users": ["alice@example.com"]},
        "logging_config": {"component_config": {"enable_components": ["SYSTEM_COMPONENTS"]}},
        "depends_on": [found.address("helm_release")],
        "lifecycle": {"prevent_destroy": True},
    }


@pytest.mark.parametrize(
    ("choice", "block", "value"),
    [
        (
            {"logging": ["system_components", "workloads"]},
            "logging_config",
            {"component_config": {"enable_components": ["SYSTEM_COMPONENTS", "WORKLOADS"]}},
        ),
        ({"logging": []}, "logging_config", None),
        ({"managed_prometheus": True}, "monitoring_config", {"managed_prometheus_config": {"enabled": True}}),
        ({"managed_prometheus": False}, "monitoring_config", None),
        ({"location": "europe-west1"}, "location", "europe-west1"),
    ],
)
def test_choices_of_the_membership(tmp_path: Path, choice: dict[str, Any], block: str, value: Any) -> None:
    """What is off is left out: a lone false is never sent, and would show in every plan."""
    found = synthesize(tmp_path, attached(**choice))

    assert found.one("google_container_attached_cluster").get(block) == value


def test_nobody_administers_where_nobody_is_named(tmp_path: Path) -> None:
    """The block is left out; groups alone leave people out."""
    none = synthesize(tmp_path / "a", attached(), {})
    groups = synthesize(tmp_path / "b", attached(), {"platform_team": PLATFORM})

    assert "authorization" not in none.one("google_container_attached_cluster")
    assert groups.one("google_container_attached_cluster")["authorization"] == {
        "admin_groups": ["platform@example.com"]
    }


def test_the_agent_is_what_google_makes_for_the_cluster(tmp_path: Path) -> None:
    """Of the same version, handed to Helm as text, through the provider of the cluster."""
    found = synthesize(tmp_path, attached())

    [(name, manifest)] = found.data("google_container_attached_install_manifest").items()
    release = found.one("helm_release")
    assert manifest == {
        "project": "kl-dev-host",
        "location": "europe-north1",
        "cluster_id": "kl-dev-cloud",
        "platform_version": "1.35.0-gke.1",
    }
    assert release["provider"] == "helm.cloud"
    assert release["values"] == [
        f'${{jsonencode({{"manifest" = data.google_container_attached_install_manifest.{name}.manifest}})}}'
    ]


def test_helm_logs_in_by_the_aws_cli(tmp_path: Path) -> None:
    """A token from a data source would stand in the state."""
    found = synthesize(tmp_path, attached())

    [provider] = found.json["provider"]["helm"]
    [cluster] = found.data("aws_eks_cluster")
    assert provider == {
        "alias": "cloud",
        "kubernetes": {
            "host": f"${{data.aws_eks_cluster.{cluster}.endpoint}}",
            "cluster_ca_certificate": "${base64decode("
            f"data.aws_eks_cluster.{cluster}.certificate_authority[0].data)}}",
            "config_path": "",
            "exec": {
                "api_version": "client.authentication.k8s.io/v1beta1",
                "command": "aws",
                "args": ["eks", "get-token", "--cluster-name", "kl-dev-cloud", "--region", "eu-west-1"],
            },
        },
    }
    assert "aws_eks_cluster_auth" not in found.json["data"]


def test_features_reach_an_attached_cluster(tmp_path: Path) -> None:
    """Its own settings where it has any; no mesh, which ends for attached clusters."""
    found = synthesize(tmp_path, attached())

    memberships = {
        one["feature"]: one for one in found.resources("google_gke_hub_feature_membership").values()
    }
    member = f"${{{found.address('google_container_attached_cluster')}.name}}"
    assert set(memberships) == {"configmanagement", "policycontroller"}
    assert {(one["membership"], one["membership_location"]) for one in memberships.values()} == {
        (member, "global")
    }
    hub = memberships["policycontroller"]["policycontroller"]["policy_controller_hub_config"]
    assert hub["audit_interval_seconds"] == 90


def test_teams_reach_into_it_as_into_any_cluster(tmp_path: Path) -> None:
    """By the scope that the environment's own stack makes, under the name that both derive."""
    config = attached()
    found = synthesize(tmp_path / "a", config)
    own = synthesize_one(tmp_path / "b", estate(organization(promotion=("dev",), **SHARED), config), "dev")

    binding = found.one("google_gke_hub_membership_binding")
    assert own.one("google_gke_hub_scope")["scope_id"] == "kl-dev-team-seeiendom"
    assert "google_gke_hub_membership_binding" not in own.counts()
    assert binding == {
        "project": "kl-dev-host",
        "membership_binding_id": "kl-dev-team-seeiendom",
        "membership_id": "kl-dev-cloud",
        "location": "global",
        "scope": "projects/kl-dev-host/locations/global/scopes/kl-dev-team-seeiendom",
        "depends_on": [found.address("google_container_attached_cluster")],
    }


def test_agents_may_write_once_they_are_members(tmp_path: Path) -> None:
    """The member is of a pool that the first membership makes."""
    found = synthesize(tmp_path, attached())
    silent = synthesize(tmp_path / "silent", attached(logging=[]))

    assert found.one("google_project_iam_member") == {
        "project": "kl-dev-host",
        "role": "roles/gkemulticloud.telemetryWriter",
        "member": "serviceAccount:kl-dev-host.svc.id.goog[gke-system/gke-telemetry-agent]",
        "depends_on": [found.address("google_container_attached_cluster")],
    }
    assert "google_project_iam_member" not in silent.counts()


def test_a_cluster_that_leaves_keeps_its_way_in(tmp_path: Path) -> None:
    """Its agent is taken away through the provider that installed it."""
    alone = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)

    found = synthesize(tmp_path, environment("dev", aws=alone, fleet=None))

    assert found.counts() == {}
    assert [one["alias"] for one in found.json["provider"]["helm"]] == ["cloud"]


def test_two_clusters_have_two_ways_in(tmp_path: Path) -> None:
    """Each is installed in through its own."""
    section = changed(AWS, eks_clusters={"one": CLUSTER, "two": changed(CLUSTER, services="172.21.0.0/16")})

    found = synthesize(tmp_path, environment("dev", aws=section))

    assert [one["alias"] for one in found.json["provider"]["helm"]] == ["one", "two"]
    assert sorted(one["provider"] for one in found.resources("helm_release").values()) == [
        "helm.one",
        "helm.two",
    ]


def test_entries_become_blocks_of_this_stack(tmp_path: Path) -> None:
    """A membership that exists is imported."""
    config = attached()
    name = address(synthesize(tmp_path / "a", config), "google_container_attached_cluster", "cloud")
    entries = {
        "import": [{"to": name, "id": "projects/kl-dev-host/locations/europe-west1/attachedClusters/x"}]
    }

    found = synthesize(tmp_path / "b", config, refactoring=entries)

    assert json.dumps(found.json["import"]).count(name) == 1


def test_an_attached_cluster_reads_its_own_folder_of_the_tree(tmp_path: Path) -> None:
    """As the others do."""
    one = environment("dev", aws=AWS, fleet={"features": {"config_sync": FEATURES["config_sync"]}})

    stack = synthesize(tmp_path, one, {"gitops": {"applier": "config_sync"}})

    [member] = stack.resources("google_gke_hub_feature_membership").values()
    assert member["configmanagement"]["config_sync"]["git"]["policy_dir"] == "clusters/dev/cloud/synced"
