"""The whole tree of the example: what holds for every file and every object."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from estate.model.gitops import Applier
from manifests.writing import MARK
from operations.project import ROOT
from tests.manifests.example_tree import teams_objects, teams_texts

APPLIERS = pytest.mark.parametrize("applier", list(Applier))


@APPLIERS
def test_every_file_says_what_it_is_made_of(applier: Applier) -> None:
    """And no day, no version and no machine: a file changes with what it says alone."""
    for name, text in teams_texts(applier).items():
        environment = name.split("/")[1]
        first, _, rest = text.partition("\n")
        assert first == f"{MARK} from organization.yaml and {environment}.yaml: do not edit, change those."
        assert rest.startswith("---\n")
        assert rest.endswith("\n")
        assert "\r" not in rest


@APPLIERS
def test_parts_stand_in_their_order(applier: Applier) -> None:
    """Numbered, because appliers take files by name; the first is always there."""
    found: dict[str, list[str]] = {}
    for name in teams_texts(applier):
        folder, _, part = name.rpartition("/")
        found.setdefault(folder, []).append(part)

    assert [folder for folder in found if folder.endswith("/synced")] == [
        f"clusters/{one}/synced"
        for one in (
            "sandbox/apps",
            "sandbox/cloud",
            "dev/apps",
            "dev/cloud",
            "test/apps",
            "test/cloud",
            "test/aws",
            "prod/apps",
            "prod/data",
            "prod/cloud",
            "prod/aws",
        )
    ]
    for folder, parts in found.items():
        assert parts == sorted(parts)
        assert not folder.endswith("/synced") or parts[0] == "10-namespaces.yaml"


@APPLIERS
def test_no_secret_is_in_the_tree(applier: Applier) -> None:
    """What is in a repository is read by all who read it."""
    kinds = {one["kind"] for found in teams_objects(applier).values() for one in found}

    assert "Namespace" in kinds
    assert "Secret" not in kinds


@APPLIERS
def test_no_object_stands_twice_in_a_cluster(applier: Applier) -> None:
    """Two texts of one object would take turns."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, here in teams_objects(applier).items():
        for one in here:
            where = one["metadata"].get("namespace"), one["metadata"]["name"]
            found.setdefault(name.rpartition("/")[0], []).append((one["apiVersion"], one["kind"], *where))

    assert found
    assert {folder: len(ids) for folder, ids in found.items()} == {
        folder: len(set(ids)) for folder, ids in found.items()
    }


@APPLIERS
def test_what_takes_others_along_is_never_pruned(applier: Applier) -> None:
    """With a namespace goes all that runs in it, with a set its applications, so neither applier takes one away."""
    kinds = ("Namespace", "AppProject", "ApplicationSet")
    found = [
        (one["kind"], one["metadata"]["annotations"])
        for name, here in teams_objects(applier).items()
        for one in here
        if one["kind"] in kinds and "/synced/" in name
    ]

    assert {kind for kind, _ in found} == set(kinds)
    assert [annotations for _, annotations in found] == [
        {
            "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
            "client.lifecycle.config.k8s.io/deletion": "detach",
        }
    ] * len(found)


def test_only_what_is_applied_lies_in_the_folder_that_is_applied() -> None:
    """Kits and what people install lie beside it; the application of the whole only where Argo CD applies it."""
    by_argo_cd, by_hand = (
        {name.removeprefix("clusters/dev/apps/") for name in teams_texts(one) if "dev/apps/" in name}
        for one in ("argo_cd", "none")
    )

    assert {name for name in by_argo_cd if not name.startswith("synced/")} == {
        "install/10-argo-cd.yaml",
        "install/20-cluster-application.yaml",
        "teams/grunnbok/kit/50-team-access.yaml",
        "teams/seeiendom/kit/50-team-access.yaml",
        "teams/seeiendom/kit/70-network-policies.yaml",
    }
    assert by_argo_cd - by_hand == {"install/20-cluster-application.yaml"}


def test_the_same_files_make_the_same_bytes_elsewhere_without_node() -> None:
    """In another process with another hash seed, which loads neither cdktf nor what only prints."""
    script = (
        "import hashlib, sys; from tests.manifests.example_tree import teams_texts; "
        "print(hashlib.sha256(repr(teams_texts('argo_cd')).encode()).hexdigest(), "
        "sorted({name.partition('.')[0] for name in sys.modules} "
        "& {'cdktf', 'jsii', 'constructs', 'rich', 'typer', 'stacks', 'constructs_lib'}))"
    )

    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }

    assert len(made) == 1
    assert made.pop().endswith(" []\n")
