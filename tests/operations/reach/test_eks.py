"""Whether a plan can talk to EKS clusters, said before it is tried."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from operations.reach import eks
from operations.reach.reach import reach
from operations.reach.report import print_reached
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.operations.reach.conftest import served

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")
ESTATE = estate(organization(promotion=("dev",)), environment("dev", aws=AWS))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


def install_cli(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An AWS CLI that does what the script says, and no other."""
    cli = folder / "aws"
    cli.write_text(f"#!/bin/sh\n{script}\n")
    cli.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")


def refusals(patience_seconds: float = 5) -> tuple[str, ...]:
    """What keeps the companion from being planned."""
    [reached] = reach(ESTATE, ["dev", "dev-attach"], patience_seconds)
    return reached.refusals


def test_a_cluster_that_answers_can_be_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its endpoint is asked for by its name and region."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = f"https://127.0.0.1:{server.getsockname()[1]}"
        said = tmp_path / "said"
        install_cli(tmp_path, monkeypatch, f'echo "$@" > {said}\necho {endpoint}')

        found = reach(ESTATE, ["dev-attach"])

    assert [one.refusals for one in found] == [()]
    assert "describe-cluster --name kl-dev-cloud --region eu-west-1" in said.read_text()
    assert print_reached(ESTATE, ["dev"], found)
    assert "dev-attach: the API of EKS cluster kl-dev-cloud in eu-west-1 answers" in capsys.readouterr().out


def test_an_endpoint_that_nobody_reaches_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a private one from outside."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    install_cli(tmp_path, monkeypatch, f"echo https://127.0.0.1:{port}")

    [refusal] = refusals()

    assert f"EKS cluster kl-dev-cloud is out of reach at 127.0.0.1:{port}" in refusal
    assert (
        "where endpoint.private_from lets you in, or through the bastion's tunnel with HTTPS_PROXY" in refusal
    )


def test_the_bastions_tunnel_leads_to_the_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does for Helm: only the proxy knows the way."""
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        asked.append(connection.recv(4096).split(b"\r\n")[0])
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")

    install_cli(tmp_path, monkeypatch, "echo https://cluster.invalid")
    with served(answer) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")

        assert refusals() == ()

    assert asked == [b"CONNECT cluster.invalid:443 HTTP/1.0"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(b"HTTP/1.0 403 Forbidden\r\n\r\n", "403 Forbidden"), (b"SSH-2.0-x\r\n", "SSH-2.0-x")],
    ids=["refused", "no proxy at all"],
)
def test_a_tunnel_that_leads_nowhere_is_refused(
    answer: bytes, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it said."""
    install_cli(tmp_path, monkeypatch, "echo https://cluster.invalid")
    with served(lambda connection: (connection.recv(4096), connection.sendall(answer))[1]) as port:  # type: ignore[func-returns-value]  # both are done
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        [refusal] = refusals()

    assert "out of reach at cluster.invalid:443" in refusal
    assert words in refusal


def test_an_endpoint_that_does_not_answer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue that is full stands for a firewall that drops."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)  # noqa: FBT003 - a switch of sockets
            one.connect_ex(address)
        install_cli(tmp_path, monkeypatch, f"echo https://127.0.0.1:{address[1]}")

        [refusal] = refusals(patience_seconds=0.2)
        for one in waiting:
            one.close()

    assert "(no answer)" in refusal


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'No cluster found for name: kl-dev-cloud.' >&2; exit 254", "No cluster found for name"),
        ("exit 255", "aws ends with 255"),
    ],
    ids=["no such cluster", "silent"],
)
def test_a_cluster_that_cannot_be_asked_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    """Before the environment's own stack stands, or without a log-in."""
    install_cli(tmp_path, monkeypatch, script)

    [refusal] = refusals()

    assert words in refusal
    assert "apply the environment's own stack first" in refusal


def test_a_cli_that_hangs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for a browser, say."""
    monkeypatch.setattr(eks, "_CLI_PATIENCE_SECONDS", 0.2)
    install_cli(tmp_path, monkeypatch, "exec sleep 5")

    [refusal] = refusals()

    assert "aws does not answer within 0.2 seconds" in refusal


def test_without_the_cli_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Helm would fail later, with less said."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert refusals() == (
        "there is no aws on PATH: install version 2 of the AWS CLI, by which Helm logs in to clusters",
    )
