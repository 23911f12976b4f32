"""JSON Schemas of Istio's kinds, made of its definitions: ``python -m tests.manifests.derived_istio_schemas FOLDER``.

``FOLDER`` holds ``manifests/charts/base/files/crd-all.gen.yaml`` of istio.io/istio in that version, which `go mod download`
brings. What no manifest here says is left out, so that a field that is new here is refused until this is run again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import yaml

from tests.manifests.derived_schemas import FOLDER, trimmed

FILE: Final = "crd-all.gen.yaml"
VERSION: Final = "v0.0.0-20260827124520-eed52ebb66ad"
"""A commit of release-1.31, as the module proxy names it."""
DAY: Final = "2026-12-01"
_API: Final = "v1"
_KEPT: Final = {
    "Gateway": (
        "Gateway.spec.selector",
        "Gateway.spec.servers.hosts",
        "Gateway.spec.servers.port",
        "Gateway.spec.servers.tls.mode",
    ),
    "PeerAuthentication": ("PeerAuthentication.spec.mtls",),
}
KINDS: Final = tuple(_KEPT)
"""The kinds that manifests here have."""


def texts(folder: Path) -> dict[str, str]:
    """The text of each schema by its file's name."""
    definitions = list(yaml.load_all((folder / FILE).read_text("utf-8"), yaml.CSafeLoader))
    found = {}
    for definition in definitions:
        kind, group = definition["spec"]["names"]["kind"], definition["spec"]["group"]
        if kind in _KEPT:
            text = json.dumps(_derived(kind, group, definition), indent=1) + "\n"
            found[f"{group}_{_API}_{kind}.json"] = text
    return found


def _derived(kind: str, group: str, definition: dict[str, Any]) -> dict[str, Any]:
    [served] = [one for one in definition["spec"]["versions"] if one["name"] == _API]
    spec = served["schema"]["openAPIV3Schema"]["properties"]["spec"]
    return {
        "$comment": f"Derived from manifests/charts/base/files/{FILE} of github.com/istio/istio {VERSION}, read {DAY}; fields "
        "that no manifest here uses are left out.",
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            "apiVersion": {"const": f"{group}/{_API}"},
            "kind": {"const": kind},
            "metadata": {"type": "object"},
            "spec": trimmed(spec, f"{kind}.spec", _KEPT[kind]),
        },
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": False,
    }


if __name__ == "__main__":
    for name, text in texts(Path(sys.argv[1])).items():
        (FOLDER / name).write_text(text, "utf-8")
