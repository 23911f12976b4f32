"""From gkectl's files to the section, given what the environment says already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from estate.reading.paths import quoted
from operations.adopt.gkectl.document import Document
from operations.adopt.gkectl.files import Config, Files
from operations.adopt.gkectl.network import find_nodes
from operations.adopt.gkectl.section import Section
from operations.adopt.gkectl.site import (
    admin_version,
    project,
    put_admin_cluster,
    put_location,
    put_vcenter,
    region,
    use_project,
    use_region,
)
from operations.adopt.gkectl.target import Target
from operations.adopt.gkectl.user_cluster import put_user_cluster


def translate(files: Files, target: Target | None) -> Section:
    """Make the section that takes the clusters in; what is wrong is reported on the files."""
    section = Section()
    documents = [config.document for config in files.configs]
    there: Mapping[str, Any] = target.vmware if target else {}
    section.data["vmware"] = {}
    for document in documents:
        _check_project(document, target)
    if there:
        _check_location(documents, there)
    else:
        put_location(section, documents)
    if files.admin and there.get("admin_cluster"):
        _check_admin_cluster(files.admin.document, there["admin_cluster"])
    elif files.admin:
        put_admin_cluster(section, files.admin, find_nodes(files.admin))
    if files.admin and not there.get("vcenter"):
        put_vcenter(section, files.admin.document)
    inherited = there.get("vcenter") or section.at("vmware", "vcenter") or {}
    for config in files.users:
        _put_user_cluster(section, config, files.admin, inherited, target)
    return section


def _put_user_cluster(
    section: Section,
    config: Config,
    admin: Config | None,
    inherited: Mapping[str, Any],
    target: Target | None,
) -> None:
    name = config.document.text("name").value or ""
    taken = section.at("vmware", "user_clusters") or {}
    key = _key(name, target, taken)
    if key is None:
        config.document.text("name").problem(
            f"{quoted(name)} would be the key of the cluster here, and another cluster has it; give that one another "
            "key, and its name as name"
        )
        return
    derived = target.derived_name(key) if target else ""
    put_user_cluster(section, key, config, admin, inherited, derived)


def _key(name: str, target: Target | None, taken: Mapping[str, Any]) -> str | None:
    """The key that the cluster has there already, or a free one; None when there is none."""
    if target is None:
        return name
    there = target.key_of(name)
    if there is not None:
        return there
    prefix = target.derived_name("")
    short = name.removeprefix(prefix) if len(name) > len(prefix) else name
    free = (key for key in (short, name) if key not in taken and key not in target.clusters)
    return next(free, None)


def _check_project(document: Document, target: Target | None) -> None:
    field = project(document)
    use_project(document)
    if target and field.value not in {None, target.host_project}:
        field.problem(
            f"must be {target.host_project}, the host project of {target.source.display}, got {quoted(field.value or '')}; is this the right "
            "environment?"
        )


def _check_location(documents: list[Document], there: Mapping[str, Any]) -> None:
    for document in documents:
        field = region(document)
        use_region(document, there["location"])
        if field.value not in {None, there["location"]}:
            field.problem(
                f"must be {there['location']}, as vmware.location of the environment, got {quoted(field.value or '')}; "
                "clusters of one environment keep their data in one region"
            )


def _check_admin_cluster(document: Document, there: Mapping[str, Any]) -> None:
    """The environment's word stands; a file that says something else is not the file of that cluster."""
    name, version = document.text("name"), admin_version(document)
    found = there["membership"].rpartition("/")[2]
    if name.use() != found:
        name.problem(
            f"must be {found}, the environment's admin cluster, got {quoted(name.value or '')}; an environment has one"
        )
    if version.use() != there["version"]:
        version.problem(
            f"is {version.value or 'of no version that can be told'}, and the environment says {there['version']}; make "
            "vmware.admin_cluster.version what runs: gcloud container vmware admin-clusters list"
        )
    document.leave_out("the environment says it of its admin cluster already, or leaves it to gkectl")
