"""What only a stack owns: backend, providers, refactoring blocks, outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.derived.share import shares
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from stacks.environment_stack import EnvironmentStack
from tests.synth import Synthesized, make_app

ORGANIZATION = Organization(name="kl", domain="example.com", promotion=("dev",))
GOOGLE = {"host_project": {"id": "kl-dev-host", "number": 123456789012}, "region": "europe-north1"}
POOL = {"machine_type": "e2-standard-4", "min_nodes": 1, "max_nodes": 3}
AWS = {"region": "eu-west-1", "account_id": "012345678901"}


def synthesize(tmp_path: Path, refactoring: dict[str, Any] | None = None, **fields: Any) -> Synthesized:
    """Synthesize an environment with local state and these fields."""
    config = Environment.model_validate({"environment": "dev", "state": {"local": {}}, **fields})
    stack = EnvironmentStack(
        make_app(tmp_path),
        "dev",
        config=config,
        organization=ORGANIZATION,
        refactoring=Refactoring.model_validate(refactoring or {}),
        share=shares(Estate(ORGANIZATION, {"dev": config}))["dev"],
    )
    return Synthesized(stack)


@pytest.mark.parametrize(
    ("state", "backend"),
    [
        ({"local": {}}, {"local": {"path": "../../../.state/dev/terraform.tfstate"}}),
        ({"gcs": {"bucket": "kl-state"}}, {"gcs": {"bucket": "kl-state", "prefix": "dev"}}),
        ({"gcs": {"bucket": "kl-state", "prefix": "a/b"}}, {"gcs": {"bucket": "kl-state", "prefix": "a/b"}}),
        (
            {"s3": {"bucket": "kl-state", "region": "eu-west-1"}},
            {
                "s3": {
                    "bucket": "kl-state",
                    "key": "dev/terraform.tfstate",
                    "region": "eu-west-1",
                    "encrypt": True,
                    "use_lockfile": True,
                }
            },
        ),
        (
            {
                "s3": {
                    "bucket": "kl-state",
                    "region": "eu-west-1",
                    "prefix": "teams/platform",
                    "kms_key_arn": "arn:aws:kms:eu-west-1:012345678901:key/1234",
                }
            },
            {
                "s3": {
                    "bucket": "kl-state",
                    "key": "teams/platform/terraform.tfstate",
                    "region": "eu-west-1",
                    "encrypt": True,
                    "kms_key_id": "arn:aws:kms:eu-west-1:012345678901:key/1234",
                    "use_lockfile": True,
                }
            },
        ),
    ],
    ids=["local", "gcs", "gcs prefix", "s3", "s3 prefix and key"],
)
def test_the_backend_is_the_one_that_the_environment_names(
    tmp_path: Path, state: dict[str, Any], backend: dict[str, Any]
) -> None:
    """Never an implicit one, never an absolute path; S3 state is encrypted and locked."""
    assert synthesize(tmp_path, state=state).json["terraform"]["backend"] == backend


def test_an_environment_without_a_cloud_declares_no_provider(tmp_path: Path) -> None:
    """A provider that is declared has to be installed and given credentials."""
    found = synthesize(tmp_path)

    assert "provider" not in found.json
    assert "required_providers" not in found.json["terraform"]


def test_the_aws_provider_works_in_its_account_only(tmp_path: Path) -> None:
    """Credentials of another account are refused; the tags of cluster controllers are left alone."""
    found = synthesize(tmp_path, aws=AWS, labels={"cost_center": "4711"})

    assert found.json["provider"]["aws"] == [
        {
            "allowed_account_ids": ["012345678901"],
            "default_tags": [
                {
                    "tags": {
                        "cost_center": "4711",
                        "environment": "dev",
                        "managed-by": "hybrid-kubernetes-as-code",
                        "organization": "kl",
                    }
                }
            ],
            "ignore_tags": [{"key_prefixes": ["kubernetes.io/cluster/"]}],
            "region": "eu-west-1",
        }
    ]


def test_provider_versions_are_exact(tmp_path: Path) -> None:
    """The versions that the data says, whatever the bindings were made from."""
    found = synthesize(tmp_path, aws=AWS, google=GOOGLE)

    assert found.json["terraform"]["required_providers"] == {
        "aws": {"source": "aws", "version": "6.25.0"},
        "google": {"source": "google", "version": "7.45.0"},
    }


def test_there_is_a_way_back_to_an_older_provider(tmp_path: Path) -> None:
    """One environment at a time, as far as its version was proven."""
    found = synthesize(tmp_path, google={**GOOGLE, "provider_version": "6.50.0"})

    assert found.json["terraform"]["required_providers"] == {
        "google": {"source": "google", "version": "6.50.0"}
    }


def test_a_retired_section_keeps_its_provider(tmp_path: Path) -> None:
    """Terraform needs the provider for as long as the state holds something of it."""
    found = synthesize(tmp_path, aws=AWS)

    assert "resource" not in found.json
    assert list(found.json["provider"]) == ["aws"]


def test_refactoring_entries_become_terraform_blocks(tmp_path: Path) -> None:
    """Import, moved and removed, in the form that Terraform's JSON wants."""
    found = synthesize(
        tmp_path,
        {
            "import": [{"to": "aws_vpc.A", "id": "vpc-1"}],
            "moved": [{"from": "aws_vpc.B", "to": "aws_vpc.C"}],
            "removed": [{"from": "aws_vpc.D", "destroy": False, "reason": "handed over"}],
        },
    )

    assert found.json["import"] == [{"to": "aws_vpc.A", "id": "vpc-1"}]
    assert found.json["moved"] == [{"from": "aws_vpc.B", "to": "aws_vpc.C"}]
    assert found.json["removed"] == [{"from": "aws_vpc.D", "lifecycle": [{"destroy": False}]}]


def test_what_is_kept_is_ignored_beside_what_the_construct_ignores(tmp_path: Path) -> None:
    """With everything else that its lifecycle says; an address that is not there is for synth to refuse."""
    subnets = {"gke": {"cidr": "10.64.0.0/20"}}
    cluster = {
        "subnet": "gke",
        "control_plane_cidr": "172.16.0.0/28",
        "secrets_key": "k",
        "node_pools": {"a": POOL},
    }
    subnets["gke"] |= {"pods": "10.68.0.0/16", "services": "10.72.0.0/20"}
    google = {
        **GOOGLE,
        "network": {"subnets": subnets},
        "kms_keys": {"k": {}},
        "gke_clusters": {"c": cluster},
    }
    bare = synthesize(tmp_path, google=google, fleet={}).json["resource"]
    ((network, before),) = bare["google_compute_network"].items()
    ((pool, _),) = bare["google_container_node_pool"].items()

    found = synthesize(
        tmp_path,
        {
            "kept": [
                {"at": f"google_compute_network.{network}", "attributes": ["description"]},
                {
                    "at": f"google_container_node_pool.{pool}",
                    "attributes": ["node_count", "node_config[0].tags"],
                },
                {"at": "google_compute_route.Other", "attributes": ["description"]},
            ]
        },
        google=google,
        fleet={},
    ).json["resource"]

    assert found["google_compute_network"][network] == {
        **before,
        "lifecycle": {**before["lifecycle"], "ignore_changes": ["description"]},
    }
    assert found["google_container_node_pool"][pool]["lifecycle"]["ignore_changes"] == [
        "initial_node_count",
        "node_count",
        "node_config[0].tags",
    ]


def test_without_entries_there_are_no_blocks(tmp_path: Path) -> None:
    """An empty block list would be read as one entry by Terraform."""
    assert not {"import", "moved", "removed"} & set(synthesize(tmp_path).json)
