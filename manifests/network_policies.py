"""What holds for connections in the teams' namespaces that no policy of the team's speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from estate.derived.clusters.team_namespace import TeamNamespace
from estate.model.access.kit import NetworkDefault
from manifests.kubernetes_object import Object, metadata


def network_policies(config: Sequence[TeamNamespace]) -> list[Object]:
    """A policy for each closed namespace that selects every pod and allows nothing in.

    https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-traffic
    """
    return [
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": metadata("default-deny-ingress", namespace.name),
            "spec": {"podSelector": {}, "policyTypes": ["Ingress"]},
        }
        for namespace in config
        if namespace.network_default is NetworkDefault.DENY_INGRESS
    ]
