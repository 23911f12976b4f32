"""The tree in a real Kubernetes API server: what it takes, and what somebody may do by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from estate.derived.clusters.contents import clusters
from manifests.namespaces import ENFORCE
from operations.check.access import who_can
from operations.gate.trees import write_tree
from tests.manifests.api_server import ApiServer, aggregate, api_server, needed_commands, until
from tests.manifests.custom_definitions import bring_in
from tests.manifests.example_tree import with_tree

pytestmark = pytest.mark.unmeasured

ESTATE: Final = with_tree("argo_cd", namespaces=["monitoring"])
ARGO_CD: Final = "system:serviceaccount:argocd:argocd-application-controller"
SEEIENDOM, GRUNNBOK, PLATFORM = (f"{one}@example.com" for one in ("seeiendom", "grunnbok", "platform"))
USERS: Final = {
    "ola": [SEEIENDOM],
    "kari": [GRUNNBOK],
    "ops": [PLATFORM],
    "nobody": [],
    ARGO_CD: ["system:serviceaccounts", "system:serviceaccounts:argocd"],
}


@pytest.fixture(name="commands", scope="module")
def _commands() -> dict[str, str]:
    return needed_commands()


@pytest.fixture(name="tree", scope="module")
def _tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    write_tree(ESTATE, root / "environments")
    return root / "clusters"


@pytest.fixture(name="server", scope="module")
def _server(
    commands: dict[str, str], tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ApiServer]:
    """With the tree of prod/apps in it."""
    with api_server(tmp_path_factory.mktemp("prod"), commands, USERS) as server:
        aggregate(server)
        words = ["--clusterrole=cluster-admin", f"--user={ARGO_CD}", "-o", "json"]
        server.read("create", "clusterrolebinding", "argo-cd", *words)
        bring_in(server)
        server.apply(tree / "prod" / "apps" / "synced")
        yield server


def _rules(server: ApiServer, user: str, namespace: str) -> set[str]:
    """Every rule that holds for somebody in a namespace."""
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectRulesReview",
        "spec": {"namespace": namespace},
    }
    found = server.read(
        "create", "--validate=false", "-f", "-", "-o", "json", user=user, text=json.dumps(review)
    )["status"]
    return _texts(found["resourceRules"])


def _texts(rules: list[dict[str, Any]]) -> set[str]:
    return {
        json.dumps({key: sorted(value) for key, value in rule.items() if value}, sort_keys=True)
        for rule in rules
    }


def _versions(found: list[dict[str, Any]]) -> dict[tuple[str, ...], str]:
    """The version of every object."""
    return {
        (one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one["metadata"][
            "resourceVersion"
        ]
        for one in found
    }


def _namespace(server: ApiServer, user: str, name: str, level: str | None) -> str:
    """Why somebody may not make a namespace, empty when they may; nothing is made."""
    labels = {ENFORCE: level} if level else {}
    one = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
    done = server.run("create", "--dry-run=server", "-f", "-", user=user, text=json.dumps(one))
    return "" if done.returncode == 0 else done.stderr


def test_every_cluster_s_tree_is_taken_and_changes_nothing_the_second_time(
    commands: dict[str, str], tree: Path, tmp_path: Path
) -> None:
    """In its order, into a server that has nothing else."""
    there = [(one.environment, one.key) for one in clusters(ESTATE, list(ESTATE.environments))]
    with api_server(tmp_path, commands, USERS) as server:
        bring_in(server)
        for environment, key in there:
            folder = tree / environment / key / "synced"
            first = _versions(server.apply(folder))

            documents = [
                one
                for path in folder.glob("*.yaml")
                for one in yaml.load_all(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
            ]
            assert len(first) == len(documents)
            assert _versions(server.apply(folder)) == first
        assert server.run("diff", "--server-side", "-f", str(folder)).stdout == ""


@pytest.mark.parametrize(("user", "address"), [("ola", SEEIENDOM), ("kari", GRUNNBOK)])
def test_a_team_may_do_what_the_table_says_and_nothing_else(
    server: ApiServer, user: str, address: str
) -> None:
    """Its role in its namespaces, and elsewhere no more than anybody."""
    [row] = [
        one
        for one in who_can(ESTATE, "prod/apps")
        if one.address == address and one.through == "role binding"
    ]
    own = row.where.removeprefix("namespaces ").partition(";")[0].split(", ")
    role = server.read("get", "clusterrole", row.role, "-o", "json")
    others = ["default", "kube-system", "seeiendom-web", "seeiendom-api", "grunnbok-batch"]

    assert own
    for namespace in own:
        gained = _rules(server, user, namespace) - _rules(server, "nobody", namespace)
        assert gained == _texts(role["rules"]) - _rules(server, "nobody", namespace)
        assert gained
    for namespace in set(others) - set(own):
        assert _rules(server, user, namespace) == _rules(server, "nobody", namespace)


def test_the_platform_team_administers_the_cluster(server: ApiServer) -> None:
    """As the table says; nobody else does."""
    asked = ("auth", "can-i", "*", "*", "--all-namespaces")

    assert {user: server.run(*asked, user=user).stdout.strip() for user in ("ops", "ola", "nobody")} == {
        "ops": "yes",
        "ola": "no",
        "nobody": "no",
    }


@pytest.mark.parametrize(
    ("name", "level", "why"),
    [
        ("kube-evil", "restricted", "Argo CD may touch namespaces of teams alone, got kube-evil"),
        ("seeiendom", "restricted", "namespaces of teams alone"),
        ("seeiendom-pr1", "privileged", "must be a level that its team may have, got privileged"),
        ("seeiendom-pr1", "baseline", "must be a level that its team may have, got baseline"),
        ("seeiendom-pr1", None, "must be a level that its team may have, got none"),
        ("seeiendom-pr1", "restricted", ""),
        ("grunnbok-pr1", "baseline", ""),
        ("monitoring", "privileged", ""),
    ],
)
def test_argo_cd_makes_namespaces_of_teams_alone(
    server: ApiServer, name: str, level: str | None, why: str
) -> None:
    """Whatever a repository or its own configuration says, though it administers the cluster."""
    in_force = until(lambda: _namespace(server, ARGO_CD, "kube-evil", "restricted"))

    said = _namespace(server, ARGO_CD, name, level)

    assert in_force
    assert why in said
    assert bool(said) is bool(why)


def test_argo_cd_leaves_system_namespaces_alone(server: ApiServer) -> None:
    """Neither relabelled nor deleted; a person who administers the cluster is not held."""
    assert until(lambda: _namespace(server, ARGO_CD, "kube-evil", "restricted"))
    label = ("label", "namespace", "kube-node-lease", "--dry-run=server", "a=b")
    delete = ("delete", "namespace", "kube-node-lease", "--dry-run=server")

    assert "namespaces of teams alone" in server.run(*label, user=ARGO_CD).stderr
    assert "namespaces of teams alone" in server.run(*delete, user=ARGO_CD).stderr
    assert (
        server.run("delete", "namespace", "seeiendom-web", "--dry-run=server", user=ARGO_CD).returncode == 0
    )
    assert server.run(*label, user="ops").returncode == 0
    assert _namespace(server, "ops", "kube-evil", None) == ""


def test_a_namespace_refuses_pods_that_its_level_refuses(server: ApiServer) -> None:
    """By the label that the tree says."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a", "namespace": "seeiendom-web"},
        "spec": {"containers": [{"name": "a", "image": "a", "securityContext": {"privileged": True}}]},
    }

    done = server.run("create", "--dry-run=server", "-f", "-", text=json.dumps(pod))

    assert 'violates PodSecurity "restricted:latest"' in done.stderr
