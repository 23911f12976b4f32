"""The runbook's commands for clusters, run on a real Kubernetes API server: what they ask for is there and is found."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.manifests.api_server import ADMIN, ApiServer, api_server, needed_commands
from tests.operations.adopt.management_service.clusters.workplace import Workplace

pytestmark = pytest.mark.unmeasured

_KUBECTL = re.compile(r"^     \$ (?:env HTTPS_PROXY=\S+ )?(kubectl (?!config).*)$", re.MULTILINE)
_GROUPS = {
    "awsclusters": ("multicloud.cluster.gke.io", "AWSCluster"),
    "awsnodepools": ("multicloud.cluster.gke.io", "AWSNodePool"),
    "backupstoragelocations": ("velero.io", "BackupStorageLocation"),
    "podvolumebackups": ("velero.io", "PodVolumeBackup"),
    "podvolumerestores": ("velero.io", "PodVolumeRestore"),
}


def _object(kind: str, name: str, version: str = "v1", **rest: object) -> dict[str, object]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name}, **rest}


def _fill(server: ApiServer) -> None:
    """What stands in both clusters and in the management service when the move begins."""
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    for plural, (group, kind) in _GROUPS.items():
        spec = {
            "group": group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": kind.lower(), "kind": kind},
            "versions": [{"name": "v1", "served": True, "storage": True, "schema": schema}],
        }
        made = _object("CustomResourceDefinition", f"{plural}.{group}", "apiextensions.k8s.io/v1", spec=spec)
        server.read("create", "-o", "json", "-f", "-", text=json.dumps(made))
        waited = server.run("wait", "--for=condition=established", f"crd/{plural}.{group}", "--timeout=30s")
        assert waited.returncode == 0, waited.stderr
    is_default = {"storageclass.kubernetes.io/is-default-class": "true"}
    storage = _object("StorageClass", "gp3", "storage.k8s.io/v1", provisioner="ebs.csi.aws.com")
    storage["metadata"] = {"name": "gp3", "annotations": is_default}
    location = _object("BackupStorageLocation", "default", "velero.io/v1", spec={})
    location["metadata"] = {"name": "default", "namespace": "velero"}
    saved = _object("PodVolumeBackup", "move-web-1", "velero.io/v1", status={"phase": "Completed"})
    saved["spec"] = {"pod": {"namespace": "shop", "name": "db-0"}, "volume": "data"}
    saved["metadata"] = {
        "name": "move-web-1",
        "namespace": "velero",
        "labels": {"velero.io/backup-name": "move-web"},
        "annotations": {"velero.io/pvc-name": "data-db-0"},
    }
    claimed = {
        "storageClassName": "premium-rwo",
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}},
    }
    claim = _object("PersistentVolumeClaim", "data-db-0", spec=claimed)
    balanced = _object("Service", "web", spec={"type": "LoadBalancer", "ports": [{"port": 80}]})
    balanced["metadata"] = {"name": "web", "namespace": "default"}
    for one in (
        _object("Namespace", "velero"),
        storage,
        location,
        saved,
        claim,
        balanced,
        _object("AWSCluster", "web", "multicloud.cluster.gke.io/v1"),
        _object("AWSNodePool", "pool", "multicloud.cluster.gke.io/v1"),
    ):
        server.read("create", "-o", "json", "-f", "-", text=json.dumps(one))
    patch = json.dumps({"status": {"loadBalancer": {"ingress": [{"hostname": "old.elb.amazonaws.com"}]}}})
    server.read("patch", "service", "web", "--subresource=status", "--type=merge", "-p", patch, "-o", "json")


def _kubeconfig(server: ApiServer) -> str:
    cluster = {"server": server.url, "certificate-authority": str(server.folder / "apiserver.crt")}
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "one",
            "clusters": [{"name": "one", "cluster": cluster}],
            "users": [{"name": "one", "user": {"token": ADMIN}}],
            "contexts": [{"name": "one", "context": {"cluster": "one", "user": "one"}}],
        }
    )


def test_every_kubectl_command_of_the_runbook_works(
    work: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One server stands for both clusters and the management service, and the tunnel is left out."""
    commands = needed_commands()
    _, err = work.adopt()
    printed = [one.replace("env HTTPS_PROXY=http://localhost:8118 ", "") for one in _KUBECTL.findall(err)]

    with api_server(tmp_path_factory.mktemp("server"), commands, {}) as server:
        _fill(server)
        for name in ("web.kubeconfig", "dev-web.kubeconfig", "service.kubeconfig"):
            (work.folder / name).write_text(_kubeconfig(server), "utf-8")
        path = f"{Path(commands['kubectl']).parent}:/usr/bin:/bin"
        environment = {"PATH": path, "HOME": str(work.folder), "KUBECONFIG": "service.kubeconfig"}
        told = {}
        for one in printed:
            # Nobody asked for what is gone, so that there is nothing to find.
            words = ["sh", "-ec", one.partition(" | grep ")[0]]
            done = subprocess.run(
                words, env=environment, cwd=work.folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{one}\n{done.stderr}"
            told[one] = done.stdout
        renamed = server.read("get", "configmap", "change-storage-class", "-n", "velero", "-o", "json")
        place = server.read("get", "backupstoragelocation", "default", "-n", "velero", "-o", "json")
        left = server.read("get", "awsclusters,awsnodepools", "-A", "-o", "json")

    assert len(printed) >= 15
    [seen] = [said for one, said in told.items() if "get podvolumebackups" in one]
    assert seen.splitlines()[1].split() == ["shop", "db-0", "data", "data-db-0", "Completed"]
    assert renamed["data"] == {"standard-rwo": "gp3", "premium-rwo": "gp3"}
    assert renamed["metadata"]["labels"] == {
        "velero.io/plugin-config": "",
        "velero.io/change-storage-class": "RestoreItemAction",
    }
    [claims] = [said for one, said in told.items() if "CLASS:.spec.storageClassName" in one]
    assert claims.splitlines()[1].split() == ["default", "data-db-0", "premium-rwo", "1Gi"]
    assert place["spec"] == {"accessMode": "ReadOnly"}
    assert left["items"] == []
    assert "default/web old.elb.amazonaws.com\n" in told.values()
