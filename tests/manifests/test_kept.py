"""What no applier takes away, and by which name it is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.gitops import Applier
from manifests.kept import KINDS, kept, kept_addresses, sets_by_reading
from tests.manifests.example_tree import objects, teams_objects, with_tree


def _object(kind: str, **metadata: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata}


def test_what_is_kept_is_called_by_cluster_kind_and_name() -> None:
    """With its namespace, where it has one; nothing else is recorded."""
    found = [
        _object("Namespace", name="web"),
        _object("AppProject", name="web", namespace="argocd"),
        _object("RoleBinding", name="web", namespace="web"),
    ]

    assert kept_addresses("apps", found) == {"apps/Namespace/web", "apps/AppProject/argocd/web"}


@pytest.mark.parametrize("applier", list(Applier))
def test_both_appliers_leave_it_where_it_is(applier: Applier) -> None:
    """Whatever is rendered of these kinds, whoever applies it."""
    found = [
        one
        for name, here in objects(with_tree(applier)).items()
        for one in here
        if one["kind"] in KINDS and "/synced/" in name
    ]

    assert found
    assert [
        one["metadata"]["name"]
        for one in found
        if not kept().items() <= one["metadata"]["annotations"].items()
    ] == []


def test_what_sets_read_and_whether_a_directory_takes_something_along() -> None:
    """A set of namespaces keeps what it made, whatever it reads; what it leaves out is nothing that it reads."""
    found = teams_objects("none")["clusters/dev/apps/synced/80-teams.yaml"]

    read = sets_by_reading("apps", found)

    begin, team = (
        "apps/ApplicationSet/argocd/",
        "https://git.example.com/seeiendom/apps.git main env/dev/apps/seeiendom-*",
    )
    assert read[f"{begin}seeiendom-apps reads {team}"]
    assert not read[f"{begin}seeiendom-namespaces reads {team}"]
    assert len(read) == 5
