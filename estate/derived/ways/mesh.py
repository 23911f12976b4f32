"""The ways between clusters that a mesh joins: to each other's east-west gateway, and to each other's Kubernetes API.

Nothing else crosses networks: a control plane serves its own cluster alone (15012), and without ambient mode nothing speaks
HBONE (15008): https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/ (2026-11-29).
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from estate.derived.fleet.mesh_ranges import Joined, pairs
from estate.derived.ways.gke import gke_ends
from estate.derived.ways.way import End, Way, data_center
from estate.facts.ways import clouds
from estate.model.addresses import AddressRange
from estate.model.environment import Environment


def mesh_ways(environment: Environment, organization: str) -> Iterator[Way]:
    """Yield the ways from each joined cluster to each other; none where a mesh joins none."""
    for caller, called in pairs(environment):
        source = _caller(environment, organization, caller)
        gateway, api = _called(environment, organization, called)
        what = f"{'user' if called.on_prem else 'GKE'} cluster {called.key}"
        call, find = clouds.CALL_MESH, clouds.FIND_ENDPOINTS
        yield Way(source, gateway, call.ports, call, f"east-west gateway of {what}")
        yield Way(source, api, find.ports, find, f"Kubernetes API of {what}, for the mesh")


def _caller(environment: Environment, organization: str, one: Joined) -> End:
    if one.on_prem:
        return data_center(one.callers, one.key)
    nodes, _ = gke_ends(environment, organization, one.key)
    return nodes


def _called(environment: Environment, organization: str, one: Joined) -> tuple[End, End]:
    if one.on_prem:
        addresses = (one.gateway, one.api.network_address)
        gateway, api = (data_center([AddressRange.of(address)], one.key) for address in addresses)
        return gateway, api
    nodes, api = gke_ends(environment, organization, one.key)
    return End(nodes.kind, nodes.name, (IPv4Network(one.gateway),)), api
