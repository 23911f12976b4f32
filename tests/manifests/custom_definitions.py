"""Definitions of the custom resources that manifests have, made of their schemas, for an API server that has none of them.

They take what the schemas take; a definition lets unknown fields fall, so that a test asks the schema itself for these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from tests.manifests.api_server import ApiServer

SCHEMAS: Final = Path(__file__).with_name("custom_schemas")
_NAMESPACES: Final = ("argocd", "cert-manager", "config-management-system", "istio-system")
_DROPPED: Final = ("additionalProperties",)


def bring_in(server: ApiServer) -> None:
    """Make the server know every kind that has a schema, and the namespaces that such objects stand in."""
    definitions = [_definition(path) for path in sorted(SCHEMAS.glob("*.json"))]
    namespaces = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in _NAMESPACES
    ]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": [*namespaces, *definitions]})
    done = server.run("apply", "--server-side", "-f", "-", text=text)
    assert done.returncode == 0, done.stderr
    names = [one["metadata"]["name"] for one in definitions]
    done = server.run("wait", "--for=condition=Established", "crd", *names, "--timeout=60s")
    assert done.returncode == 0, done.stderr


def _definition(path: Path) -> dict[str, Any]:
    group, version, kind = path.stem.split("_")
    plural = f"{kind.lower()}s"
    spec = _open(json.loads(path.read_text("utf-8"))["properties"]["spec"])
    schema = {"type": "object", "properties": {"spec": spec}}
    served = {"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        # Kubernetes asks it of groups that are its own.
        "metadata": {
            "name": f"{plural}.{group}",
            "annotations": {"api-approved.kubernetes.io": "unapproved, a test's"},
        },
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": f"{kind}List"},
            "versions": [served],
        },
    }


def _open(schema: Any) -> Any:
    """A schema as definitions say it: without what they do not know, and open where it names no field."""
    if isinstance(schema, list):
        return [_open(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: {name: _open(one) for name, one in value.items()} if key == "properties" else _open(value)
        for key, value in schema.items()
        if key not in _DROPPED or isinstance(value, dict)
    }
    is_map = {"properties", "additionalProperties"}.isdisjoint(found)
    if found.get("type") == "object" and is_map:
        found["x-kubernetes-preserve-unknown-fields"] = True
    return found
