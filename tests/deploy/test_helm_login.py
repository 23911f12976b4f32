"""What the Helm provider sends to a cluster to log in, beside a kubeconfig: seen by a server that refuses everything."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cdktf import TerraformProvider, TerraformStack
from cdktf_cdktf_provider_helm.release import Release

from constructs_lib.aws.existing_eks_cluster import ExistingEksCluster
from estate.model.fleet.attached_cluster import ReachedBy
from stacks.helm_login import log_in_by_context, log_in_to_eks
from tests.deploy.test_attach_plan import _FOREIGN as FOREIGN
from tests.deploy.toolchain import HELM, CannotDeploy, environment, find_toolchain
from tests.operations.reach.conftest import Certificate, certificate
from tests.synth import Synthesized, make_app

__all__ = ["certificate"]
pytestmark = pytest.mark.deploy

CLI = """#!/bin/sh
echo '{"apiVersion": "client.authentication.k8s.io/v1beta1", "kind": "ExecCredential", "status": {"token": "of-the-cli"}}'
"""
_CHART = Path(__file__).parents[2] / "constructs_lib/fleet/install_manifest_chart"


@pytest.fixture(name="sent")
def log_ins() -> list[str | None]:
    """Every Authorization that the server was sent."""
    return []


@pytest.fixture(name="server")
def api(certificate: Certificate, sent: list[str | None]) -> Iterator[str]:
    """A server that nobody may ask anything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent.append(self.headers.get("Authorization"))
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.socket = certificate.context.wrap_socket(listening.socket, server_side=True)
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def public(certificate: Certificate) -> str:
    """The certificate without its key."""
    return certificate.path.read_text("ascii").partition("-----BEGIN PRIVATE KEY")[0]


def apply(folder: Path, certificate: Certificate, server: str, login: str) -> None:
    """Install something by one of the log-ins, with a kubeconfig whose current context is ``mine``."""
    try:
        tools = find_toolchain(HELM, exact=True)
    except CannotDeploy as reason:
        pytest.skip(str(reason))
    stack = TerraformStack(make_app(folder / "out"), "x")
    authority = folder / "authority.pem"
    authority.write_text(public(certificate), "ascii")
    if login == "eks":
        cluster = ExistingEksCluster("c", server, authority.read_text("ascii"), "")
        provider: TerraformProvider = log_in_to_eks(stack, "p", alias="c", cluster=cluster, region="r")
    else:
        provider = log_in_by_context(stack, "p", name="c", config=ReachedBy(context=login, server=server))
    Release(stack, "r", name="r", chart=str(_CHART), values=['{"manifest": ""}'], provider=provider)
    stack.add_override("terraform.required_providers.helm.version", HELM.version)
    (folder / "aws").write_text(CLI, "ascii")
    (folder / "aws").chmod(0o755)
    users = {"mine": authority, "elsewhere": None}
    kubeconfig = {
        "current-context": "mine",
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}} for name in users],
        "clusters": [
            {
                "name": name,
                "cluster": {
                    "server": "https://127.0.0.1:1",
                    **({"certificate-authority": str(ca)} if ca else {}),
                },
            }
            for name, ca in users.items()
        ],
        "users": [{"name": name, "user": {"token": f"of-{name}"}} for name in users],
    }
    (folder / "config").write_text(json.dumps(kubeconfig), "utf-8")
    (folder / "main.tf.json").write_text(json.dumps(Synthesized(stack).json), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    variables = {
        **kept,
        **environment(folder, tools.binary, [tools]),
        "PATH": f"{folder}{os.pathsep}{kept['PATH']}",
        "KUBE_CONFIG_PATH": str(folder / "config"),
    }
    for words in (["init", "-input=false"], ["apply", "-input=false", "-auto-approve"]):
        ended = subprocess.run(
            [tools.binary, f"-chdir={folder}", *words],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert (ended.returncode == 0) is (words[0] == "init"), ended.stderr


@pytest.mark.parametrize(
    ("login", "expected"),
    [("eks", {"Bearer of-the-cli"}), ("mine", {"Bearer of-mine"}), ("elsewhere", set())],
)
def test_a_cluster_is_sent_its_own_log_in_alone(
    tmp_path: Path,
    certificate: Certificate,
    server: str,
    sent: list[str | None],
    login: str,
    expected: set[str],
) -> None:
    """EKS not that of the kubeconfig; a context whose authority has not signed the server sends none."""
    apply(tmp_path, certificate, server, login)

    assert set(sent) == expected
