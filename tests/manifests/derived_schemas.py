"""JSON Schemas of Argo CD's kinds, made of its definitions: ``python -m tests.manifests.derived_schemas FOLDER VERSION DAY``.

``FOLDER`` is ``manifests/crds`` of github.com/argoproj/argo-cd/v3 in that version, which `go mod download` brings. What no
manifest here says is left out, so that a field that is new here is refused until this is run again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).with_name("custom_schemas")
KINDS: Final = {"AppProject": "appproject", "Application": "application", "ApplicationSet": "applicationset"}
_KEPT: Final = (
    "AppProject.spec",
    "Application.spec.destination",
    "Application.spec.ignoreDifferences",
    "Application.spec.project",
    "Application.spec.source.chart",
    "Application.spec.source.helm.releaseName",
    "Application.spec.source.helm.valuesObject",
    "Application.spec.source.path",
    "Application.spec.source.repoURL",
    "Application.spec.source.targetRevision",
    "Application.spec.syncPolicy",
    "ApplicationSet.spec.generators.git.directories",
    "ApplicationSet.spec.generators.git.repoURL",
    "ApplicationSet.spec.generators.git.revision",
    "ApplicationSet.spec.goTemplate",
    "ApplicationSet.spec.goTemplateOptions",
    "ApplicationSet.spec.syncPolicy",
    "ApplicationSet.spec.template.metadata",
    "ApplicationSet.spec.template.spec.destination",
    "ApplicationSet.spec.template.spec.project",
    "ApplicationSet.spec.template.spec.source.path",
    "ApplicationSet.spec.template.spec.source.repoURL",
    "ApplicationSet.spec.template.spec.source.targetRevision",
    "ApplicationSet.spec.template.spec.syncPolicy",
)
"""What a schema keeps, with all below; whatever leads there is kept, too."""
_SAID: Final = ("enum", "format", "maxLength", "minLength", "minimum", "pattern", "required", "type")


def derived(kind: str, definition: dict[str, Any], version: str, day: str) -> dict[str, Any]:
    """The schema of a kind, of what its definition says of its first version."""
    [served] = definition["spec"]["versions"]
    whole = trimmed(served["schema"]["openAPIV3Schema"]["properties"]["spec"], f"{kind}.spec", _KEPT)
    api = f"{definition['spec']['group']}/{served['name']}"
    return {
        "$comment": f"Derived from manifests/crds/{KINDS[kind]}-crd.yaml of github.com/argoproj/argo-cd/v3 {version}, read "
        f"{day}; fields that no manifest here uses are left out.",
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            "apiVersion": {"const": api},
            "kind": {"const": kind},
            "metadata": {"type": "object"},
            "spec": whole,
        },
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": False,
    }


def trimmed(node: dict[str, Any], path: str, kept: Sequence[str]) -> dict[str, Any]:
    """What a node says, without words, and without what is not kept."""
    if node.get("x-kubernetes-preserve-unknown-fields"):
        return {"type": "object"}
    if node.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    found: dict[str, Any] = {key: node[key] for key in _SAID if key in node}
    if "properties" in node:
        below = {name: (one, f"{path}.{name}") for name, one in node["properties"].items()}
        found["properties"] = {
            name: trimmed(one, there, kept) for name, (one, there) in below.items() if _is_kept(there, kept)
        }
        found["additionalProperties"] = False
    elif "additionalProperties" in node:
        found["additionalProperties"] = trimmed(node["additionalProperties"], path, kept)
    if "items" in node:
        found["items"] = trimmed(node["items"], path, kept)
    return found


def _is_kept(path: str, kept: Sequence[str]) -> bool:
    return any(f"{path}.".startswith(f"{one}.") or one.startswith(f"{path}.") for one in kept)


def texts(folder: Path, version: str, day: str) -> dict[str, str]:
    """The text of each schema by its file's name."""
    found = {}
    for kind, name in KINDS.items():
        definition = yaml.load((folder / f"{name}-crd.yaml").read_text("utf-8"), yaml.CSafeLoader)
        schema = derived(kind, definition, version, day)
        api = schema["properties"]["apiVersion"]["const"].replace("/", "_")
        found[f"{api}_{kind}.json"] = json.dumps(schema, indent=1) + "\n"
    return found


def main(words: Sequence[str]) -> None:
    """Write them anew."""
    folder, version, day = words
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts(Path(folder), version, day).items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
