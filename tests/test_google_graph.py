"""What waits for what in Google Cloud, walked in the JSON that Terraform reads of each environment."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from operations.artifacts.stack_json import StackJson, read_stack
from tests.example import NAMES

_REFERENCE = re.compile(r"\$\{([a-z][a-z0-9_]*\.[A-Za-z0-9_-]+)[.\[]")

SERVICES = {
    "google_cloud_identity_group_membership": "cloudidentity",
    "google_compute_": "compute",
    "google_container_": "container",
    "google_dns_": "dns",
    "google_gke_hub_": "gkehub",
    "google_gkeonprem_": "gkeonprem",
    "google_kms_": "cloudkms",
    "google_project_iam_custom_role": "iam",
    "google_project_iam_member": "cloudresourcemanager",
    "google_service_account": "iam",
}
"""The API that serves the resources whose type begins so."""

REGISTERS = ("google_container_cluster", "google_gkeonprem_vmware_cluster")
"""Types that make a membership of the fleet, by themselves or as what they are."""

IAM = {
    "google_compute_subnetwork_iam_member": ("project", "subnetwork", "role", "member"),
    "google_kms_crypto_key_iam_member": ("crypto_key_id", "role", "member"),
    "google_gke_hub_scope_iam_member": ("project", "scope_id", "role", "member"),
    "google_gke_hub_scope_rbac_role_binding": ("project", "scope_id", "group"),
    "google_project_iam_member": ("project", "role", "member"),
}
"""What makes a grant one of its kind."""


@pytest.fixture(name="stack", params=NAMES)
def stack_of_environment(request: pytest.FixtureRequest, real_output: Path) -> StackJson:
    """The synthesized stack of each environment."""
    return read_stack(real_output, request.param)


def google_resources(stack: StackJson) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every resource in Google Cloud with its address."""
    for type_, found in stack["resource"].items():
        if type_.startswith("google_"):
            for name, body in found.items():
                yield f"{type_}.{name}", body


def reached(stack: StackJson, address: str) -> set[str]:
    """Every address that one waits for, by reference or by ``depends_on``, directly or not."""
    found: set[str] = set()
    waiting = [address]
    while waiting:
        type_, _, name = waiting.pop().partition(".")
        body = stack["resource"].get(type_, {}).get(name, {})
        after = {*body.get("depends_on", ()), *_REFERENCE.findall(json.dumps(body))} - found
        found |= after
        waiting += after
    return found


def service_of(type_: str) -> str:
    """The API that serves a type; a type that nobody thought of fails here."""
    [service] = [name for beginning, name in SERVICES.items() if type_.startswith(beginning)]
    return f"{service}.googleapis.com"


def project_of(stack: StackJson, address: str) -> str:
    """The project that a resource is in, where it names another resource's too; the provider's otherwise."""
    type_, _, name = address.partition(".")
    body = stack["resource"][type_][name]
    said = body.get("project") or body.get("service_project")
    [provider] = stack["provider"]["google"]
    if said is None:
        return str(provider["project"])
    referred = _REFERENCE.findall(said)
    return project_of(stack, referred[0]) if referred else str(said)


def test_every_resource_waits_for_its_api(stack: StackJson) -> None:
    """In its own project; whatever does not loses the race against it in a first apply, and outlives it."""
    apis = {f"google_project_service.{k}": v for k, v in stack["resource"]["google_project_service"].items()}
    missing = []

    for address, _ in google_resources(stack):
        type_ = address.split(".", maxsplit=1)[0]
        on = {(apis[one]["project"], apis[one]["service"]) for one in reached(stack, address) & set(apis)}
        if type_ != "google_project_service" and (project_of(stack, address), service_of(type_)) not in on:
            missing.append(address)

    assert missing == []


def test_every_registration_waits_for_the_fleet(stack: StackJson) -> None:
    """The first would make a fleet by itself, and Terraform's could not be made any more."""
    fleet = {f"google_gke_hub_fleet.{name}" for name in stack["resource"]["google_gke_hub_fleet"]}
    registering = [
        address for address, _ in google_resources(stack) if address.split(".", maxsplit=1)[0] in REGISTERS
    ]

    assert len(fleet) == 1
    assert registering
    assert [address for address in registering if not fleet <= reached(stack, address)] == []


def test_whatever_names_a_membership_waits_for_its_cluster(stack: StackJson) -> None:
    """A cluster registers itself, so the membership is there once the cluster is."""
    on_prem = {
        body["name"]: f"google_gkeonprem_vmware_cluster.{name}"
        for name, body in stack["resource"]["google_gkeonprem_vmware_cluster"].items()
    }
    in_google_cloud = {
        f"google_container_cluster.{name}" for name in stack["resource"]["google_container_cluster"]
    }
    clusters = {*on_prem.values(), *in_google_cloud}
    bound = set()
    settings = stack["resource"]["google_gke_hub_feature_membership"]
    bindings = stack["resource"]["google_gke_hub_membership_binding"]

    assert settings
    assert bindings
    for name, body in bindings.items():
        address = f"google_gke_hub_membership_binding.{name}"
        # A cluster on VMware knows its membership's id before it is made, one in Google Cloud does not.
        [cluster] = _REFERENCE.findall(body["membership_id"]) or [on_prem[body["membership_id"]]]
        assert cluster in reached(stack, address)
        bound.add(cluster)
    assert bound == clusters
    for name, body in settings.items():
        [cluster] = _REFERENCE.findall(body["membership"])
        assert cluster in clusters
        assert cluster in reached(stack, f"google_gke_hub_feature_membership.{name}")


def test_no_registration_is_made_beside_the_clusters_own(stack: StackJson) -> None:
    """Two memberships for one cluster are two clusters to everything else."""
    assert "google_gke_hub_membership" not in stack["resource"]


def test_a_gke_cluster_waits_for_what_no_reference_gives(stack: StackJson) -> None:
    """Its attachment, its agents' roles, its key's grant; a destroy would pull them away first otherwise."""
    resources = stack["resource"]
    [cluster] = resources["google_container_cluster"]
    before = reached(stack, f"google_container_cluster.{cluster}")

    roles = {
        (resources[type_][name]["role"], resources[type_][name]["member"])
        for type_, _, name in (address.partition(".") for address in before)
        if type_.endswith("_iam_member") and name in resources[type_]
    }
    [number] = {
        member.split("-")[1].split("@")[0] for _, member in roles if "container-engine-robot" in member
    }
    [host] = {member.split("-")[1].split("@")[0] for _, member in roles if "gcp-sa-gkehub" in member}
    gke = f"serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com"
    fleet = f"serviceAccount:service-{host}@gcp-sa-gkehub.iam.gserviceaccount.com"
    [load_balancers] = resources["google_project_iam_custom_role"]
    nodes = {member for role, member in roles if role == "roles/container.defaultNodeServiceAccount"}
    assert len(nodes) == 1
    assert roles - {("roles/container.defaultNodeServiceAccount", member) for member in nodes} == {
        ("roles/compute.networkUser", f"serviceAccount:{number}@cloudservices.gserviceaccount.com"),
        ("roles/compute.networkUser", gke),
        ("roles/container.hostServiceAgentUser", gke),
        (f"${{google_project_iam_custom_role.{load_balancers}.name}}", gke),
        ("roles/cloudkms.cryptoKeyEncrypterDecrypter", gke),
        ("roles/gkehub.serviceAgent", fleet),
        ("roles/gkehub.crossProjectServiceAgent", fleet),
    }
    assert {"google_compute_shared_vpc_service_project", "google_compute_shared_vpc_host_project"} <= {
        address.partition(".")[0] for address in before
    }


def test_the_firewall_takes_effect_once_it_is_whole(stack: StackJson) -> None:
    """A policy that is bound without its openings shuts out what is there."""
    [name] = stack["resource"]["google_compute_network_firewall_policy_association"]
    rules = stack["resource"]["google_compute_network_firewall_policy_rule"]

    before = reached(stack, f"google_compute_network_firewall_policy_association.{name}")

    assert rules
    assert {f"google_compute_network_firewall_policy_rule.{rule}" for rule in rules} <= before


def test_every_grant_has_one_owner_in_the_whole_estate(real_output: Path) -> None:
    """Two stacks that hold the same one take it away from each other."""
    found = Counter(
        # A reference means another thing in each stack.
        (type_, *(f"{name}: {body[key]}" if "${" in body[key] else body[key] for key in IAM[type_]))
        for name in NAMES
        for type_, bodies in read_stack(real_output, name)["resource"].items()
        for body in bodies.values()
        if type_ in IAM
    )

    assert {type_ for type_, *_ in found} == set(IAM)
    assert set(found.values()) == {1}


def test_iam_is_additive_everywhere(stack: StackJson) -> None:
    """A binding or a policy takes away what somebody else granted."""
    assert [type_ for type_ in stack["resource"] if type_.endswith(("_iam_binding", "_iam_policy"))] == []
