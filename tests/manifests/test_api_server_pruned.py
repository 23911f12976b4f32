"""What stays in a real Kubernetes API server when its tree goes: whoever prunes does as the annotations say."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from manifests.kept import KINDS
from operations.gate.trees import write_tree
from tests.manifests.api_server import ApiServer, api_server, needed_commands
from tests.manifests.custom_definitions import bring_in
from tests.manifests.example_tree import with_tree

pytestmark = pytest.mark.unmeasured

_KEPT: Final = (
    ("argocd.argoproj.io/sync-options", "Prune=false"),
    ("client.lifecycle.config.k8s.io/deletion", "detach"),
)
"""By which Argo CD, and Config Sync, leave an object where it is."""


def test_a_tree_that_goes_takes_no_workload_along(tmp_path: Path) -> None:
    """An applier that finds an empty folder deletes what is not kept from it, and nothing of what people run goes with that."""
    commands = needed_commands()
    write_tree(with_tree("none"), tmp_path / "environments")
    folder = tmp_path / "clusters" / "prod" / "apps" / "synced"
    documents = [
        one for path in sorted(folder.glob("*.yaml")) for one in yaml.safe_load_all(path.read_text())
    ]
    bed = tmp_path / "bed"
    bed.mkdir()
    with api_server(bed, commands, {}) as server:
        bring_in(server)
        server.apply(folder)
        for name in _named(documents, "Namespace"):
            made = server.run("create", "configmap", "work", f"--namespace={name}", "--from-literal=a=b")
            assert made.returncode == 0, made.stderr

        for annotation, value in _KEPT:
            _prune(server, documents, annotation, value)

        there = {(one["kind"], one["metadata"]["name"]) for one in documents if _live(server, one)}
        kept = {(one["kind"], one["metadata"]["name"]) for one in documents if one["kind"] in KINDS}
        assert there == kept
        assert kept < {(one["kind"], one["metadata"]["name"]) for one in documents}
        for name in _named(documents, "Namespace"):
            found = server.read("get", "namespace", name, "-o", "json")
            assert found["status"]["phase"] == "Active"
            assert server.read("get", "configmap", "work", f"--namespace={name}", "-o", "json")["data"] == {
                "a": "b"
            }


def _named(documents: list[dict[str, Any]], kind: str) -> list[str]:
    return [one["metadata"]["name"] for one in documents if one["kind"] == kind]


def _prune(server: ApiServer, documents: list[dict[str, Any]], annotation: str, value: str) -> None:
    """Delete what is there and does not say that it stays, the last first."""
    for one in reversed(documents):
        live = _live(server, one)
        if live and value not in live["metadata"].get("annotations", {}).get(annotation, ""):
            done = server.run("delete", *_words(one))
            assert done.returncode == 0, done.stderr


def _live(server: ApiServer, one: dict[str, Any]) -> dict[str, Any] | None:
    words = server.run("get", *_words(one), "--ignore-not-found", "-o", "json").stdout
    return yaml.safe_load(words) if words else None


def _words(one: dict[str, Any]) -> list[str]:
    group = one["apiVersion"].rpartition("/")[0]
    kind = f"{one['kind']}.{one['apiVersion'].rpartition('/')[2]}.{group}" if group else one["kind"]
    namespace = one["metadata"].get("namespace")
    return [kind, one["metadata"]["name"], *([f"--namespace={namespace}"] if namespace else [])]
