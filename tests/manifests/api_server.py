"""A real Kubernetes API server for a test, with etcd behind it, on loopback and in a folder of the test's.

No controllers run: what they would do, aggregate roles, a test does itself; a namespace that is deleted stays. Nothing is
downloaded: kube-apiserver, etcd and kubectl are found by environment variables or on PATH. Made of
https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/, run with 1.36.3 and etcd 3.5.1.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

COMMANDS: Final = {
    "kube-apiserver": "HYBRID_KUBE_APISERVER",
    "etcd": "HYBRID_ETCD",
    "kubectl": "HYBRID_KUBECTL",
}
"""What it takes, each with the environment variable that names it."""

ADMIN: Final = "admin"
"""Somebody who may do everything."""

_MEMORY: Final = {"GOGC": "400"}
"""Seldom tidying up saves a third of what they take."""

_TRIES: Final = 240
_PAUSE: Final = 0.5


def find_commands() -> dict[str, str]:
    """The commands by name; without those that are not on this machine."""
    found = {name: os.environ.get(variable) or shutil.which(name) for name, variable in COMMANDS.items()}
    return {name: path for name, path in found.items() if path}


def needed_commands() -> dict[str, str]:
    """The commands by name; the test is skipped where one is missing."""
    found = find_commands()
    missing = [f"{name} ({variable})" for name, variable in COMMANDS.items() if name not in found]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}, named by these variables or on PATH")
    return found


@dataclass(frozen=True)
class ApiServer:
    """Where it answers.

    Attributes:
        kubectl: the command.
        url: its address.
        folder: its folder, with its certificate.
    """

    kubectl: str
    url: str
    folder: Path

    def run(self, *words: str, user: str = ADMIN, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run kubectl as somebody."""
        certificate = self.folder / "apiserver.crt"
        return subprocess.run(
            [
                self.kubectl,
                *words,
                "--server",
                self.url,
                "--certificate-authority",
                str(certificate),
                "--token",
                user,
            ],
            input=text,
            env={"HOME": str(self.folder), "KUBECONFIG": str(self.folder / "none"), **_MEMORY},
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, *words: str, user: str = ADMIN, text: str = "") -> Any:
        """What kubectl prints as JSON.

        Raises:
            AssertionError: it failed.
        """
        done = self.run(*words, user=user, text=text)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def apply(self, *folders: Path) -> list[dict[str, Any]]:
        """Apply folders on the server, each file in its order; the objects as they are then."""
        found: list[dict[str, Any]] = []
        for folder in folders:
            said = self.read("apply", "--server-side", "-f", str(folder), "-o", "json")
            found += said["items"] if said["kind"] == "List" else [said]
        return found


@contextmanager
def api_server(
    folder: Path, commands: Mapping[str, str], users: Mapping[str, Sequence[str]]
) -> Iterator[ApiServer]:
    """Serve while the block runs.

    Args:
        folder: an empty folder.
        commands: where the commands are.
        users: whom it knows beside :data:`ADMIN`, each with their groups; a user's token is the user's name.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    secret = folder / "sa.key"
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    public = folder / "sa.pub"
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    tokens = folder / "tokens.csv"
    known = {ADMIN: ["system:masters"], **users}
    lines = [
        f'{name},{name},{number},"{",".join(groups)}"' for number, (name, groups) in enumerate(known.items())
    ]
    tokens.write_text("\n".join(lines), "utf-8")
    client, peer, port = _free_ports(3)
    etcd, url = f"http://127.0.0.1:{client}", f"https://127.0.0.1:{port}"
    with ExitStack() as running:
        running.enter_context(
            _process(
                folder / "etcd.log",
                commands["etcd"],
                f"--data-dir={folder / 'etcd'}",
                "--unsafe-no-fsync",
                f"--listen-client-urls={etcd}",
                f"--advertise-client-urls={etcd}",
                f"--listen-peer-urls=http://127.0.0.1:{peer}",
                f"--initial-advertise-peer-urls=http://127.0.0.1:{peer}",
                f"--initial-cluster=default=http://127.0.0.1:{peer}",
            )
        )
        process = running.enter_context(
            _process(
                folder / "apiserver.log",
                commands["kube-apiserver"],
                f"--etcd-servers={etcd}",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                f"--secure-port={port}",
                f"--cert-dir={folder}",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://kubernetes.default.svc",
                f"--service-account-key-file={public}",
                f"--service-account-signing-key-file={secret}",
                f"--token-auth-file={tokens}",
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none",
            )
        )
        server = ApiServer(commands["kubectl"], url, folder)
        _wait(server, process, folder / "apiserver.log")
        yield server


@contextmanager
def _process(log: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    variables = {**os.environ, **_MEMORY}
    with (
        log.open("wb") as stream,
        subprocess.Popen(words, env=variables, stdout=stream, stderr=stream) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(server: ApiServer, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_TRIES):
        if _is_ready(server):
            return
        assert process.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        time.sleep(_PAUSE)
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])


def _is_ready(server: ApiServer) -> bool:
    """Asked without kubectl, which takes long to start."""
    request = urllib.request.Request(  # noqa: S310 - on loopback
        f"{server.url}/readyz", headers={"Authorization": f"Bearer {ADMIN}"}
    )
    try:
        context = ssl.create_default_context(cafile=str(server.folder / "apiserver.crt"))
        with urllib.request.urlopen(request, timeout=_PAUSE, context=context):  # noqa: S310 - as above
            return True
    except OSError:  # no certificate, no server, or not yet
        return False


def until(question: Any) -> bool:
    """Ask until it is so: what is applied is in force a moment later."""
    for _ in range(_TRIES):
        if question():
            return True
        time.sleep(_PAUSE)
    return False


def aggregate(server: ApiServer) -> None:
    """Fill the roles that a controller would fill."""
    for name in ("view", "edit", "admin"):  # each takes in the one before
        roles = server.read("get", "clusterroles", "-o", "json")["items"]
        label = f"rbac.authorization.k8s.io/aggregate-to-{name}"
        parts = [one["rules"] for one in roles if one["metadata"].get("labels", {}).get(label) == "true"]
        patch = json.dumps({"rules": [rule for part in parts for rule in part or ()]})
        server.read("patch", "clusterrole", name, "--type=merge", "-p", patch, "-o", "json")


def _free_ports(number: int) -> list[int]:
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
