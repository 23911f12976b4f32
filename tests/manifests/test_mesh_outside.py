"""The mesh in the tree as others take it: Istio's definitions in a real API server, istioctl, and Istio's own charts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from estate.derived.clusters.mesh import service_settings
from tests.manifests.api_server import api_server, needed_commands, until
from tests.manifests.derived_istio_schemas import FILE, KINDS, texts
from tests.manifests.derived_schemas import FOLDER as SCHEMAS
from tests.manifests.mesh_tree import joined, mesh_objects, mesh_texts, of_kind

pytestmark = pytest.mark.unmeasured

CRDS: Final = "HYBRID_ISTIO_CRDS"
"""Environment variable that names a folder with Istio's definitions, crd-all.gen.yaml."""
ISTIOCTL: Final = "HYBRID_ISTIOCTL"
"""Environment variable that names istioctl."""
HELM: Final = "HYBRID_HELM"
"""Environment variable that names helm."""
CHARTS: Final = "HYBRID_ISTIO_CHARTS"
"""Environment variable that names a folder with Istio's charts base and istio-discovery."""


_DEFINITIONS: Final = ("crd/gateways.networking.istio.io", "crd/peerauthentications.security.istio.io")


@pytest.mark.skipif(CRDS not in os.environ, reason=f"needs Istio's definitions, named by {CRDS}")
def test_the_schemas_are_what_the_definitions_say() -> None:
    """Made again, they are the same."""
    made = texts(Path(os.environ[CRDS]))

    assert len(made) == len(KINDS)
    assert {name: (SCHEMAS / name).read_text("utf-8") for name in made} == made


@pytest.mark.skipif(CRDS not in os.environ, reason=f"needs Istio's definitions, named by {CRDS}")
def test_an_api_server_with_istio_s_definitions_takes_the_mesh(tmp_path: Path) -> None:
    """Twice to the same, field by field; a word that is none of theirs is refused."""
    commands = needed_commands()
    with api_server(tmp_path, commands, {}) as server:
        done = server.run("apply", "--server-side", "-f", str(Path(os.environ[CRDS]) / FILE))
        assert done.returncode == 0, done.stderr
        # A definition has no condition yet in its first moments, which `kubectl wait` takes for an error.
        words = ["wait", "--for=condition=Established", *_DEFINITIONS, "--timeout=60s"]
        until(lambda: server.run(*words).returncode == 0)
        for folder in _folders(tmp_path):
            first = server.apply(folder)
            assert {one["kind"] for one in first} >= {"Namespace", "Deployment", "Service", *KINDS}
            assert server.run("diff", "--server-side", "-f", str(folder)).stdout == ""
        wrong = of_kind("PeerAuthentication", mesh_objects(joined()))[0]
        text = yaml.safe_dump({**wrong, "spec": {"mtls": {"mode": "STRIKT"}}})
        assert "Unsupported value" in server.run("apply", "--server-side", "-f", "-", text=text).stderr


def _folders(root: Path) -> Iterator[Path]:
    """The mesh's own parts of each cluster, as files."""
    for name, text in mesh_texts(joined()).items():
        if "mesh" in name:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    yield from (root / "clusters" / "prod" / cluster / "synced" for cluster in ("apps", "cloud"))


@pytest.mark.skipif(ISTIOCTL not in os.environ, reason=f"needs istioctl, named by {ISTIOCTL}")
def test_istioctl_finds_nothing_to_say(tmp_path: Path) -> None:
    """In all namespaces, since it looks at default alone otherwise; a route by a gateway that is not there is found."""
    for folder in _folders(tmp_path):
        files = sorted(map(str, folder.glob("*.yaml")))
        assert _analyzed(files).returncode == 0, _analyzed(files).stdout
        wrong = folder / "wrong.yaml"
        wrong.write_text(_LOST_ROUTE, "utf-8")
        assert "IST0101" in _analyzed([*files, str(wrong)]).stdout


_LOST_ROUTE: Final = """apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: lost, namespace: istio-system}
spec: {hosts: [web.example.com], gateways: [other], http: [{route: [{destination: {host: web}}]}]}
"""


def _analyzed(files: list[str]) -> subprocess.CompletedProcess[str]:
    words = [os.environ[ISTIOCTL], "analyze", "--use-kube=false", "--all-namespaces", *files]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.skipif(
    {HELM, CHARTS} - set(os.environ) != set(),
    reason=f"needs helm and Istio's charts, named by {HELM} and {CHARTS}",
)
def test_the_charts_make_of_the_values_what_they_say(tmp_path: Path) -> None:
    """Istiod's own configuration holds the mesh's names and what is shared, and a webhook answers to the namespaces' tag."""
    rendered = _rendered("istio-discovery", "istiod", tmp_path)
    config = yaml.safe_load(
        next(one for one in of_kind("ConfigMap", rendered) if one["metadata"]["name"] == "istio")["data"][
            "mesh"
        ]
    )
    [istiod] = of_kind("Deployment", rendered)
    env = {
        one["name"]: one.get("value") for one in istiod["spec"]["template"]["spec"]["containers"][0]["env"]
    }

    assert config["serviceSettings"] == service_settings(("web.seeiendom-web.svc.cluster.local",))
    assert config["defaultConfig"]["meshId"] == "proj-456789012345"
    assert env["CLUSTER_ID"] == "cn-kl-prod-host-europe-north1-kl-prod-cloud"
    tags = [
        one["metadata"]["labels"].get("istio.io/tag")
        for one in of_kind("MutatingWebhookConfiguration", rendered)
    ]
    assert "asm-stable" in tags
    assert {one["kind"] for one in _rendered("base", "istio-base", tmp_path)} >= {"ServiceAccount"}


def _rendered(chart: str, release: str, folder: Path) -> list[dict[str, Any]]:
    values = next(
        one["spec"]["source"]["helm"]["valuesObject"]
        for one in mesh_objects(joined())
        if one["metadata"]["name"] == f"software.{release}"
    )
    (folder / "values.yaml").write_text(yaml.safe_dump(values), "utf-8")
    place = str(Path(os.environ[CHARTS]) / chart)
    words = [
        os.environ[HELM],
        "template",
        release,
        place,
        "-n",
        "istio-system",
        "-f",
        str(folder / "values.yaml"),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return [one for one in yaml.load_all(done.stdout, Loader=yaml.CSafeLoader) if one]
