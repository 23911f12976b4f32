"""Whether a plan can talk to clusters of others, said before it is tried."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from operations.reach.reach import reach
from tests.model.access.estates import environment, estate, organization
from tests.model.fleet.attached_documents import AKS
from tests.model.vmware.documents import changed
from tests.operations.reach.test_eks import PROXIES


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    for name in (*PROXIES, "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(name="server")
def api() -> Iterator[str]:
    """Something that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"


def kubeconfig(
    folder: Path, monkeypatch: pytest.MonkeyPatch, server: object, context: object = "aks-web"
) -> None:
    """A kubeconfig with one context, named in the environment."""
    document = {
        "contexts": [{"name": context, "context": {"cluster": "c", "user": "u"}}],
        "clusters": [{"name": "c", "cluster": {"server": server}}],
        "users": [{"name": "u", "user": {"token": "t0k3n"}}],
    }
    (folder / "config").write_text(json.dumps(document), "utf-8")
    monkeypatch.setenv("KUBE_CONFIG_PATH", str(folder / "config"))


def refusals(server: str) -> tuple[str, ...]:
    """What keeps the companion of a cluster at this address from being planned."""
    document: dict[str, Any] = changed(AKS, reached_by__server=server)
    there = environment("dev", fleet={"attached_clusters": {"web": document}})
    [reached] = reach(estate(organization(promotion=("dev",)), there), ["dev", "dev-attach"], 5)
    return reached.refusals


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_cluster_that_answers_can_be_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str, slash: str
) -> None:
    """Its context leads where the file says."""
    kubeconfig(tmp_path, monkeypatch, f"{server}{slash}")

    assert refusals(server) == ()


def test_the_kubeconfig_is_asked_for() -> None:
    """Without one the provider would ask this machine."""
    [said] = refusals("https://api.example.com")

    assert said.startswith(
        "KUBE_CONFIG_PATH is not set: export the path of a kubeconfig with the contexts aks-web"
    )


@pytest.mark.parametrize("text", [None, "[]", "a: [", "\x00"])
def test_a_kubeconfig_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    """Missing, or something else."""
    if text is not None:
        (tmp_path / "config").write_text(text, "utf-8")
    monkeypatch.setenv("KUBE_CONFIG_PATH", str(tmp_path / "config"))

    [said] = refusals("https://api.example.com")

    assert "which is no kubeconfig that can be read" in said


def test_several_kubeconfigs_are_every_clusters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    """The provider takes them before whatever a cluster says."""
    kubeconfig(tmp_path, monkeypatch, server)
    monkeypatch.setenv("KUBE_CONFIG_PATHS", "/nowhere")

    [said] = refusals(server)

    assert said.startswith("KUBE_CONFIG_PATHS is set")


@pytest.mark.parametrize("context", ["other", ["aks-web"]])
def test_a_context_has_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str, context: object
) -> None:
    """Under its name."""
    kubeconfig(tmp_path, monkeypatch, server, context)

    [said] = refusals(server)

    assert said.startswith("attached cluster web has its context aks-web not in what KUBE_CONFIG_PATH names")


@pytest.mark.parametrize("leads_to", ["https://other.example.com", None])
def test_a_context_of_another_cluster_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str, leads_to: object
) -> None:
    """Its log-in is none of this cluster's; and the log-in is not said."""
    kubeconfig(tmp_path, monkeypatch, leads_to)

    [said] = refusals(server)

    assert f"is reached at {server} by its file, and its context aks-web leads to {leads_to}" in said
    assert "t0k3n" not in said


def test_an_api_out_of_reach_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With host and port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    kubeconfig(tmp_path, monkeypatch, f"https://127.0.0.1:{port}")

    [said] = refusals(f"https://127.0.0.1:{port}")

    assert said.startswith(f"attached cluster web is out of reach at 127.0.0.1:{port}")
