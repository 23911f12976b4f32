"""What Skiperator reads, in its own namespace: its configuration, and the namespaces that it leaves alone."""

from __future__ import annotations

import json

from estate.derived.clusters.skiperator import SKIPERATOR_NAMESPACE, SkiperatorContents
from manifests.kept import kept
from manifests.kubernetes_object import Object, metadata


def skiperator(config: SkiperatorContents | None) -> list[Object]:
    """The namespace, and both ConfigMaps by the names that it looks for."""
    if config is None:
        return []
    namespace = {**metadata(SKIPERATOR_NAMESPACE), "annotations": kept()}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": namespace},
        _config_map("skiperator-config", {"config.json": json.dumps(config.settings, indent=2) + "\n"}),
        _config_map("namespace-exclusions", dict.fromkeys(config.excluded, "true")),
    ]


def _config_map(name: str, data: dict[str, str]) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(name, SKIPERATOR_NAMESPACE),
        "data": data,
    }
