"""The tree with Argo CD and teams' repositories in a real Kubernetes API server that has Argo CD's definitions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from operations.gate.trees import write_tree
from tests.manifests.api_server import ApiServer, api_server, needed_commands, until
from tests.manifests.derived_schemas import KINDS
from tests.manifests.example_tree import with_teams_repositories
from tests.manifests.test_argo_cd_schemas import CRDS

pytestmark = pytest.mark.unmeasured

ARGO_CD: Final = "system:serviceaccount:argocd:argocd-application-controller"
OF_A_TEAM: Final = "system:serviceaccount:seeiendom-web:builder"
OF_NOBODY: Final = "system:serviceaccount:monitoring:agent"
OF_THE_SYSTEM: Final = "system:serviceaccount:gke-managed:agent"
USERS: Final = {
    "ola": ["seeiendom@example.com"],
    "kari": ["grunnbok@example.com"],
    "ops": ["platform@example.com"],
    "helper": ["helpers"],
    OF_A_TEAM: ["helpers"],
    OF_NOBODY: ["helpers"],
    OF_THE_SYSTEM: ["helpers"],
    ARGO_CD: ["system:serviceaccounts", "system:serviceaccounts:argocd"],
}
_INSTALLED: Final = ("apply", "--server-side", "--field-manager=hybrid-manifests", "-f")
"""As `hybrid prerequisites` prints it."""
_ARGO_CDS_NAME: Final = "argocd-controller"
_DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "in-the-clusters.md"
_JOINS: Final = "joins clusters to the mesh"
_PLATFORM_S: Final = "the platform team alone may touch it"
_MESH: Final = {"istio/multiCluster": "true"}


@pytest.fixture(name="tree", scope="module")
def _tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    write_tree(with_teams_repositories("argo_cd"), root / "environments")
    return root / "clusters"


@pytest.fixture(name="server", scope="module")
def _server(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """With what people install and the tree of prod/apps in it, and people who may do more than a team."""
    commands, definitions = needed_commands(), os.environ.get(CRDS)
    if definitions is None:
        pytest.skip(f"needs Argo CD's definitions, named by {CRDS}")
    with api_server(tmp_path_factory.mktemp("prod"), commands, USERS) as server:
        server.apply(*(Path(definitions) / f"{name}-crd.yaml" for name in KINDS.values()))
        names = [f"crd/{name}s.argoproj.io" for name in KINDS.values()]
        established = ("wait", "--for=condition=Established", "--timeout=60s", *names)
        assert until(lambda: server.run(*established).returncode == 0)
        _grant(server, "cluster-admin", f"--user={ARGO_CD}")
        _rule(server, "helper", "namespaces,secrets", "--group=helpers")
        _rule(server, "secrets", "secrets", "--group=seeiendom@example.com")
        assert server.run(*_INSTALLED, str(tree / "prod" / "apps" / "install")).returncode == 0
        server.apply(tree / "prod" / "apps" / "synced")
        server.read("create", "namespace", "cert-manager", "-o", "json")
        assert until(lambda: _JOINS in _create(server, ARGO_CD, _secret(_MESH)))
        yield server


def _grant(server: ApiServer, role: str, to: str) -> None:
    name = f"{role}-{to.rpartition('=')[2]}"
    server.read("create", "clusterrolebinding", name, f"--clusterrole={role}", to, "-o", "json")


def _rule(server: ApiServer, name: str, resources: str, to: str) -> None:
    server.read(
        "create",
        "clusterrole",
        name,
        "--verb=get,list,create,update,patch,delete",
        f"--resource={resources}",
        "-o",
        "json",
    )
    _grant(server, name, to)


def _create(server: ApiServer, user: str, one: dict[str, Any]) -> str:
    """Why somebody may not make an object, empty when they may; nothing is made."""
    done = server.run("create", "--dry-run=server", "-f", "-", user=user, text=json.dumps(one))
    return "" if done.returncode == 0 else done.stderr


def _secret(labels: dict[str, str], name: str = "remote") -> dict[str, Any]:
    metadata = {"name": name, "namespace": "seeiendom-web", "labels": labels}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": {"a": "b"}}


def test_a_cluster_s_tree_is_taken_and_changes_nothing_the_second_time(server: ApiServer, tree: Path) -> None:
    """By the definitions of Argo CD itself."""
    synced = tree / "prod" / "apps" / "synced"

    server.apply(synced)
    differs = server.run("diff", "--server-side", "-f", str(synced)).stdout
    sets = server.read("get", "applicationsets", "--namespace=argocd", "-o", "json")["items"]
    [cluster] = server.read("get", "applications", "--namespace=argocd", "-o", "json")["items"]

    assert differs == ""
    assert [one["metadata"]["name"] for one in sets] == [
        "grunnbok-apps",
        "grunnbok-namespaces",
        "seeiendom-apps",
        "seeiendom-apps-ops",
        "seeiendom-namespaces",
    ]
    assert "finalizers" not in cluster["metadata"]


def _applied_as(server: ApiServer, manager: str, one: dict[str, Any]) -> None:
    words = ("apply", "--server-side", "--force-conflicts", f"--field-manager={manager}", "-f", "-")
    done = server.run(*words, text=json.dumps(one))
    assert done.returncode == 0, done.stderr


def _automated(server: ApiServer, name: str) -> bool:
    found = server.read("get", "applicationset", name, "--namespace=argocd", "-o", "json")
    return "automated" in found["spec"]["template"]["spec"]["syncPolicy"]


def _named(document: dict[str, Any], name: str) -> dict[str, Any]:
    """An application set of the tree under another name, as somebody who syncs by themselves has it."""
    found: dict[str, Any] = json.loads(json.dumps(document)) | {
        "metadata": {"name": name, "namespace": "argocd"}
    }
    found["spec"]["template"]["spec"]["syncPolicy"]["automated"] = {"prune": False}
    return found


def test_what_leaves_the_tree_leaves_the_cluster(server: ApiServer, tree: Path, tmp_path: Path) -> None:
    """Where the first apply had Argo CD's name, and where what kubectl owns beside it is let go; not otherwise."""
    document = next(
        one
        for one in yaml.load_all(
            (tree / "prod" / "apps" / "synced" / "80-teams.yaml").read_text("utf-8"),
            Loader=yaml.CSafeLoader,
        )
        if one["kind"] == "ApplicationSet"
    )
    let_go = _DOCUMENT.read_text("utf-8").partition("go-template='")[2].partition("'")[0]
    for name, first in (("as-argo-cd", _ARGO_CDS_NAME), ("as-kubectl", "kubectl"), ("let-go", "kubectl")):
        _applied_as(server, first, _named(document, name))
        _applied_as(server, _ARGO_CDS_NAME, _named(document, name))
    folder = tmp_path / "set.json"
    folder.write_text(json.dumps(_named(document, "let-go")), "utf-8")
    made = server.run("create", "--dry-run=client", "-f", str(folder), "-o", f"go-template={let_go}").stdout
    done = server.run("apply", "--server-side", "-f", "-", text=made)
    assert done.returncode == 0, done.stderr
    assert _automated(server, "let-go")

    for name in ("as-argo-cd", "as-kubectl", "let-go"):
        one = _named(document, name)
        del one["spec"]["template"]["spec"]["syncPolicy"]["automated"]
        _applied_as(server, _ARGO_CDS_NAME, one)

    assert not _automated(server, "as-argo-cd")
    assert _automated(server, "as-kubectl")
    assert not _automated(server, "let-go")


def test_a_misspelt_field_is_refused(server: ApiServer) -> None:
    """The server knows the definitions."""
    project = server.read("get", "appproject", "grunnbok", "--namespace=argocd", "-o", "json")
    project["metadata"] = {"name": "other", "namespace": "argocd"}
    project["spec"]["destinatoins"] = []

    assert "destinatoins" in _create(server, "admin", project)


def test_settings_and_the_release_s_file_leave_each_other_s_keys(server: ApiServer, tree: Path) -> None:
    """Whichever is applied again: an upgrade leaves people signed in, a changed provider leaves the release's keys."""
    labels = {"app.kubernetes.io/name": "argocd-cm", "app.kubernetes.io/part-of": "argocd"}
    metadata = {"name": "argocd-cm", "namespace": "argocd", "labels": labels}
    release = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata,
        "data": {"resource.exclusions": "x"},
    }
    settings = str(tree / "prod" / "apps" / "install" / "10-argo-cd.yaml")
    theirs = ("apply", "--server-side", "--force-conflicts", "--namespace=argocd", "-f", "-")

    done = [
        server.run(*theirs, text=json.dumps(release)),
        server.run(*_INSTALLED, settings),
        server.run(*theirs, text=json.dumps(release)),
    ]
    found = server.read("get", "configmap", "argocd-cm", "--namespace=argocd", "-o", "json")

    assert [one.stderr for one in done if one.returncode] == []
    assert sorted(found["data"]) == [
        "admin.enabled",
        "application.sync.requireOverridePrivilegeForRevisionSync",
        "oidc.config",
        "resource.exclusions",
        "url",
    ]
    assert found["metadata"]["labels"] == labels


def test_a_kit_gives_a_team_its_namespace(server: ApiServer, tree: Path) -> None:
    """And no other one that a repository made."""
    for name in ("grunnbok-pr1", "grunnbok-pr2"):
        server.read("create", "namespace", name, "-o", "json")
    kit = str(tree / "prod" / "apps" / "teams" / "grunnbok" / "kit")

    applied = server.run("apply", "--server-side", "--namespace=grunnbok-pr1", "-f", kit)
    may = [
        server.run("auth", "can-i", "patch", "deployments", f"--namespace={name}", user=user).stdout.strip()
        for user, name in (("kari", "grunnbok-pr1"), ("kari", "grunnbok-pr2"), ("ola", "grunnbok-pr1"))
    ]

    assert applied.returncode == 0, applied.stderr
    assert may == ["yes", "no", "no"]


@pytest.mark.parametrize(
    ("user", "why"),
    [("ola", _JOINS), ("helper", _JOINS), (ARGO_CD, _JOINS), ("ops", ""), ("admin", "")],
)
def test_the_platform_alone_makes_what_joins_clusters_to_a_mesh(
    server: ApiServer, user: str, why: str
) -> None:
    """Not even Argo CD, which administers its cluster; other Secrets are as ever."""
    said = _create(server, user, _secret(_MESH))

    assert why in said
    assert bool(said) is bool(why)
    assert _create(server, user, _secret({})) == ""


def test_no_label_is_put_on_a_secret_or_taken_off(server: ApiServer) -> None:
    """By whoever may change Secrets, and is not the platform."""
    for name, labels in (("plain", {}), ("joined", _MESH)):
        server.read("create", "-f", "-", "-o", "json", text=json.dumps(_secret(labels, name)))
    change = ("--namespace=seeiendom-web", "--dry-run=server")
    put = ("label", "secret", "plain", "istio/multiCluster=true", *change)
    taken = ("label", "secret", "joined", "istio/multiCluster-", *change)
    other = ("label", "secret", "plain", "a=b", *change)

    for words in (put, taken):
        assert _JOINS in server.run(*words, user="ola").stderr
        assert server.run(*words, user="ops").returncode == 0
    assert server.run(*other, user="ola").returncode == 0


@pytest.mark.parametrize(
    ("user", "name", "why"),
    [
        ("helper", "kube-public", _PLATFORM_S),
        ("helper", "default", _PLATFORM_S),
        ("helper", "argocd", _PLATFORM_S),
        (OF_A_TEAM, "kube-public", _PLATFORM_S),
        (OF_NOBODY, "kube-public", _PLATFORM_S),
        ("helper", "cert-manager", _PLATFORM_S),
        (OF_THE_SYSTEM, "kube-public", ""),
        ("ops", "kube-public", ""),
        ("helper", "seeiendom-web", ""),
    ],
)
def test_system_namespaces_are_the_platform_s(server: ApiServer, user: str, name: str, why: str) -> None:
    """Whoever else may change namespaces; accounts of the system go on."""
    done = server.run("label", "namespace", name, "--dry-run=server", "a=b", user=user)

    assert why in done.stderr
    assert bool(done.returncode) is bool(why)
