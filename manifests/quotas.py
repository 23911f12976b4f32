"""How much the teams' namespaces may hold.

A quota refuses a container that asks for nothing, so that each comes with what such a container asks for:
https://kubernetes.io/docs/concepts/policy/resource-quotas/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.derived.clusters.team_namespace import TeamNamespace
from manifests.kubernetes_object import Object, metadata

_NAME: Final = "team"


def quotas(config: Sequence[TeamNamespace]) -> list[Object]:
    """Quota and defaults of each namespace that has one."""
    return [one for namespace in config for one in _of(namespace)]


def _of(namespace: TeamNamespace) -> Iterator[Object]:
    quota = namespace.quota
    if quota is None:
        return
    yield {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": metadata(_NAME, namespace.name),
        "spec": {
            "hard": {"pods": str(quota.pods), "requests.cpu": quota.cpu, "requests.memory": quota.memory}
        },
    }
    asked = {"cpu": quota.container_cpu, "memory": quota.container_memory}
    yield {
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": metadata(_NAME, namespace.name),
        "spec": {"limits": [{"type": "Container", "defaultRequest": asked}]},
    }
