"""What a mesh's control plane signs with, in a real Kubernetes API server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.manifests.api_server import ApiServer, api_server, needed_commands
from tests.manifests.custom_definitions import bring_in
from tests.manifests.golden import FOLDER

pytestmark = pytest.mark.unmeasured

PART: Final = FOLDER / "clusters" / "prod" / "apps" / "synced" / "47-mesh-trust.yaml"


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """With the definitions, as the software brings them."""
    with api_server(tmp_path_factory.mktemp("mesh"), needed_commands(), {}) as server:
        bring_in(server)
        yield server


def _told(found: list[dict[str, Any]]) -> dict[tuple[str, str, str], str]:
    """The version of each object."""
    return {
        (one["kind"], one["metadata"]["namespace"], one["metadata"]["name"]): one["metadata"][
            "resourceVersion"
        ]
        for one in found
    }


def test_it_is_taken_and_changes_nothing_the_second_time(server: ApiServer) -> None:
    """So that whoever applies it has nothing to do for ever."""
    first = _told(server.apply(Path(PART)))

    assert sorted(first) == [
        ("Certificate", "istio-system", "cacerts"),
        ("ConfigMap", "cert-manager", "mesh-issuer-prod-by-token"),
        ("Deployment", "cert-manager", "mesh-issuer-prod-by-token"),
        ("GoogleCASIssuer", "istio-system", "mesh-root"),
    ]
    assert _told(server.apply(Path(PART))) == first


def test_the_pod_is_one_that_the_strictest_level_takes(server: ApiServer) -> None:
    """It asks for nothing of its node, so that its namespace can be held to whatever the platform wants."""
    strict = {"pod-security.kubernetes.io/warn": "restricted"}
    there = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "cert-manager", "labels": strict}}
    done = server.run("apply", "--server-side", "--force-conflicts", "-f", "-", text=json.dumps(there))
    assert done.returncode == 0, done.stderr

    another = PART.read_text("utf-8").replace("by-token", "anew")
    looser = another.replace("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true")
    said, warned = (
        server.run("apply", "--server-side", "--dry-run=server", "-f", "-", text=text)
        for text in (another, looser)
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert "would violate PodSecurity" in warned.stderr


def test_a_key_that_cert_manager_does_not_know_is_refused(server: ApiServer) -> None:
    """By the definition, as its maker wrote it."""
    wrong = PART.read_text("utf-8").replace("algorithm: RSA", "algorithm: DSA")

    done = server.run("apply", "--server-side", "--dry-run=server", "-f", "-", text=wrong)

    assert done.returncode != 0
    assert "privateKey.algorithm" in done.stderr
