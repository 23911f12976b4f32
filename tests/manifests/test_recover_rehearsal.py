"""The printed runbook of a lost cluster, run against a real Kubernetes API server that has nothing yet.

From the way in on; what asks a cloud, Terraform or an admin workstation is not run.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from operations.gate.trees import write_tree
from operations.recover.runbook import Part, runbook
from tests.example import ENVIRONMENTS
from tests.manifests.api_server import ADMIN, ApiServer, aggregate, api_server, needed_commands, until
from tests.manifests.example_tree import with_tree

pytestmark = pytest.mark.unmeasured

ESTATE: Final = with_tree("none")
_ANSWER: Final = "  # yes"


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[ApiServer]:
    commands = needed_commands()
    folder = tmp_path / "server"
    folder.mkdir()
    with api_server(folder, commands, {}) as server:
        yield server


def _workplace(server: ApiServer, folder: Path, cluster: str) -> Path:
    """A folder with the tree, the kubeconfig that the first way in leaves, and kubectl."""
    write_tree(ESTATE, folder / "environments")
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "a",
        "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
        "clusters": [
            {
                "name": "a",
                "cluster": {
                    "server": server.url,
                    "certificate-authority": str(server.folder / "apiserver.crt"),
                },
            }
        ],
        "users": [{"name": "a", "user": {"token": ADMIN}}],
    }
    (folder / f"prod-{cluster}.kubeconfig").write_text(json.dumps(config), "utf-8")
    (folder / "TOKEN_FILE").write_text("token", "utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "kubectl").symlink_to(Path(server.kubectl).absolute())
    return folder


def _printed(parts: Sequence[Part]) -> list[str]:
    """What kubectl is asked by the runbook, in order."""
    return [
        command
        for part in parts
        for task in part.tasks
        for command in (*task.commands, *task.seen)
        # No pods run here.
        if command.startswith("kubectl ") and " rollout status " not in command
    ]


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("cluster", ["apps", "cloud", "aws"])
def test_every_printed_command_does_what_it_says(server: ApiServer, tmp_path: Path, cluster: str) -> None:
    """In its order, into a server as a new cluster is: with Kubernetes' own roles and the fleet's namespaces."""
    aggregate(server)
    # What comes with Config Sync, which the fleet installs, and what people install.
    server.read("create", "namespace", "config-management-system", "-o", "json")
    server.read("create", "serviceaccount", "cluster-autoscaler", "--namespace=kube-system", "-o", "json")
    folder = _workplace(server, tmp_path, cluster)
    commands = _printed(runbook(ESTATE, "prod", cluster, ENVIRONMENTS))
    asked = [command for command in commands if command.endswith(_ANSWER)]
    before = {_run(command, folder).stdout.strip() for command in asked}

    for command in commands:
        if command in asked:
            assert until(lambda command=command: _run(command, folder).stdout.strip() == "yes"), command
        else:
            done = _run(command, folder)
            assert done.returncode == 0, f"{command}: {done.stderr}"

    assert before == {"no"}
    assert any("apply --server-side" in command for command in commands)
    assert asked
