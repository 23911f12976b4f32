"""References from one entry of a file to another: each is declared, so that a rename finds it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from estate.model.base import Key
from estate.model.environment import Environment
from estate.model.key_of import KeyOf
from estate.model.organization import Organization
from estate.model.vpn.values import ShortKey
from estate.reading.declared import Leaf, leaves

MODELS = (Environment, Organization)
PINS = ("name", "short_name")
"""What keeps an entry's own name."""

NO_REFERENCES = {
    "google.network.nat.addresses.*": "the names of addresses, which are made of it",
    "vpn.onprem.peers.*.device": "a device, which stands nowhere else",
}
OWN_KEYS = {
    "aws.eks_clusters.*",
    "aws.eks_clusters.*.access.administrators.*",
    "aws.eks_clusters.*.node_groups.*",
    "aws.eks_clusters.*.pod_roles.*",
    "aws.existing_vpcs.*",
    "aws.kms_keys.*",
    "aws_accounts.*",
    "break_glass.*",
    "dns.aws.domains.*",
    "dns.onprem.*",
    "fleet.attached_clusters.*",
    "google.gke_clusters.*",
    "google.gke_clusters.*.authorized_networks.*",
    "google.gke_clusters.*.image_repositories.*",
    "google.gke_clusters.*.maintenance.exclusions.*",
    "google.gke_clusters.*.node_pools.*",
    "google.kms_keys.*",
    "google.network.firewall.allows.*",
    "google.network.proxy_subnets.*",
    "google.network.subnets.*",
    "google.service_projects.*",
    "teams.*.apps_repo.further.*",
    "vmware.user_clusters.*",
    "vmware.user_clusters.*.load_balancer.metal_lb.pools.*",
    "vmware.user_clusters.*.node_pools.*",
    "vmware.vsphere.anti_affinity_rules.*",
    "vmware.vsphere.workstations.*",
    "vpn.aws.connections.*",
    "vpn.onprem.peers.*",
    "vpn.onprem.tunnels.*",
}
"""Maps whose keys are chosen there; one whose keys are another map's says KeyOf."""


def is_key(leaf: Leaf) -> bool:
    """Whether a place holds a key, by the words that Key and ShortKey have."""
    words = {id(get_args(one)[-1]) for one in (Key, ShortKey)}
    return any(id(one) in words for one in leaf.declared.metadata)


def references(leaf: Leaf) -> list[KeyOf]:
    """What a place says of whose key it holds."""
    return [one for one in leaf.declared.metadata if isinstance(one, KeyOf)]


def undeclared(*, on_key: bool) -> set[str]:
    """Dotted paths of places that hold a key and do not say whose."""
    return {
        ".".join(map(str, leaf.path))
        for model in MODELS
        for leaf in leaves(model)
        if leaf.on_key is on_key and is_key(leaf) and not references(leaf)
    }


def test_every_key_that_stands_as_a_value_says_whose_it_is() -> None:
    """A new field that names an entry elsewhere gets KeyOf, or hybrid rename leaves the old key in it."""
    found = {path for path in undeclared(on_key=False) if path.rpartition(".")[2] not in PINS}

    assert found == set(NO_REFERENCES)


def test_every_map_of_keys_is_known_for_its_own_or_says_whose_they_are() -> None:
    """A new map stands in the list above, or its keys have KeyOf."""
    assert undeclared(on_key=True) == OWN_KEYS


@pytest.mark.parametrize("model", MODELS)
def test_a_reference_leads_to_a_map(model: type[BaseModel]) -> None:
    """One that is misspelt would lead nowhere, and nothing would follow a rename."""
    places = list(leaves(model))
    maps = {leaf.path[:-1] for leaf in places if leaf.on_key}

    named: set[Any] = {one for leaf in places for mark in references(leaf) for one in mark.maps}

    assert named <= maps
    assert bool(named) is (model is Environment)
