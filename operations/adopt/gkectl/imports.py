"""Import entries for clusters and pools that run already, and the commands that enroll them before.

The addresses are those of the really synthesized stack; nothing here knows how they are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from estate.model.estate import Estate
from estate.model.refactoring import ImportEntry, Refactoring
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.target import Target
from operations.artifacts.building import build
from operations.artifacts.stack_json import read_stack
from operations.files.temporary import temporary_folder
from operations.files.yaml_text import read_exactly, scalar
from operations.refactoring.entries import refactoring_file, with_entries

_CLUSTER: Final = "google_gkeonprem_vmware_cluster"
_POOL: Final = "google_gkeonprem_vmware_node_pool"


def find_imports(estate: Estate, environment: str, clusters: frozenset[str]) -> list[ImportEntry]:
    """Find the entries for these clusters and their pools, each cluster before its pools.

    Args:
        estate: the estate with the clusters in it.
        environment: whose clusters.
        clusters: names of the clusters.

    Raises:
        InvalidInput: the environment cannot be built.
    """
    with temporary_folder() as folder:
        build(estate, [environment], folder)
        resources = read_stack(folder, environment).get("resource", {})
    found = {
        f"{_CLUSTER}.{address}": _cluster_id(body)
        for address, body in resources.get(_CLUSTER, {}).items()
        if body["name"] in clusters
    }
    names = {f"${{{address}.name}}": id_.rpartition("/")[2] for address, id_ in found.items()}
    ids = {id_.rpartition("/")[2]: id_ for id_ in found.values()}
    pools = {
        f"{_POOL}.{address}": f"{ids[names[body['vmware_cluster']]]}/vmwareNodePools/{body['name']}"
        for address, body in resources.get(_POOL, {}).items()
        if body["vmware_cluster"] in names
    }
    return [ImportEntry(to=to, id=id_) for to, id_ in sorted((found | pools).items(), key=lambda one: one[1])]


def refactoring_path(target: Target) -> Path:
    """The environment's file of entries."""
    return refactoring_file(target.folder, target.name)


def with_imports(target: Target, entries: list[ImportEntry]) -> tuple[str, str]:
    """The text of the environment's refactoring file as it is, and with the entries.

    An entry that stands there already is left alone.

    Raises:
        InvalidInput: the file takes one of the addresses or ids for something else.
    """
    path = refactoring_path(target)
    text = read_exactly(path) if path.exists() else ""
    there = target.estate.refactoring(target.name)
    problems = list(_in_the_way(there, entries, shown(path)))
    if problems:
        raise InvalidInput(problems)
    new = [entry for entry in entries if entry not in there.import_]
    if not new:
        return text, text
    lines = [f"- {{to: {entry.to}, id: {scalar(entry.id)}}}" for entry in new]
    return text, with_entries(path, text, "import", lines)


def _in_the_way(there: Refactoring, entries: list[ImportEntry], file: str) -> Iterator[Problem]:
    taken = {entry.to: "import" for entry in there.import_}
    taken |= {entry.from_: "moved" for entry in there.moved} | {one.from_: "removed" for one in there.removed}
    for entry in entries:
        if entry.to in taken and entry not in there.import_:
            message = (
                f"holds an entry for {entry.to} already, which is to take {entry.id} in; take that entry out, "
                "`hybrid settle` does when it is spent"
            )
            yield Problem.of_file(file, message, taken[entry.to])


def enrollment(where: str, membership: str, names: list[str], *, with_admin: bool) -> Iterator[str]:
    """The commands that make clusters of gkectl known to the On-Prem API, after one that shows which are.

    https://cloud.google.com/sdk/gcloud/reference/container/vmware/clusters/enroll

    Args:
        where: the options that name project and region.
        membership: the admin cluster's membership.
        names: names of the user clusters.
        with_admin: whether the admin cluster is enrolled too, before the others.
    """
    yield f"gcloud container vmware clusters list {where}"
    by = f"{where} --admin-cluster-membership={membership}"
    if with_admin:
        yield f"gcloud container vmware admin-clusters enroll {membership.rpartition('/')[2]} {by}"
    for name in names:
        yield f"gcloud container vmware clusters enroll {name} {by}"


def _cluster_id(body: Mapping[str, Any]) -> str:
    return f"projects/{body['project']}/locations/{body['location']}/vmwareClusters/{body['name']}"
