"""Where a running cluster's machines stand, against the places that its new environment makes itself."""

from __future__ import annotations

from collections.abc import Iterator

from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.section import USER_CLUSTERS, Section
from operations.adopt.gkectl.target import Target


def refuse_other_places(section: Section, target: Target) -> None:
    """Refuse clusters whose files leave open where they stand, so that the environment would say another place.

    Raises:
        InvalidInput: there are such; a folder or pool of a running cluster cannot be changed.
    """
    problems = list(section.placed(_open(section, target)))
    if problems:
        raise InvalidInput(problems)


def _open(section: Section, target: Target) -> Iterator[Problem]:
    vmware = target.environment.vmware
    vsphere = vmware.vsphere if vmware else None
    for key, cluster in (section.at(*USER_CLUSTERS) or {}).items() if vsphere else ():
        said = cluster.get("vcenter", {})
        made = {
            "folder": "folder" if vsphere and vsphere.folder else "",
            "resource_pool": f"resource_pools.{key}" if vsphere and key in vsphere.resource_pools else "",
        }
        for field, of_ours in made.items():
            if of_ours and field not in said:
                message = (
                    f"is not said, and vmware.vsphere.{of_ours} of {target.name} would name another for a cluster that "
                    "stays where it stands; give admin-cluster.yaml too, or write it into the file as it is"
                )
                path = ".".join((*USER_CLUSTERS, key, "vcenter", field))
                yield Problem(target.source.display, 0, 0, path, message)
