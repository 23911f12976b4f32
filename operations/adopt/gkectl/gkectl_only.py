"""What a cluster has that only gkectl can manage, so that it stays with gkectl.

Asked before anything else: whoever has such a cluster needs no other file, and nothing of it is adopted.
The provider knows neither of them (google 6.50.0): its resource of a pool has no field for topology domains, which
.../docs/how-to/topology-domains-user has made with gkectl, and that of a cluster none for more networks of a node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from estate.reading.paths import dotted
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.files import Files

_WHAT_TO_DO: Final = (
    "leave the cluster with gkectl and out of the environment, or make one without and move the workloads"
)
_TOPOLOGY: Final = f"stands in topology domains, which only gkectl can manage; {_WHAT_TO_DO}"
_INTERFACES: Final = f"has several network interfaces a node, which only gkectl can manage; {_WHAT_TO_DO}"


def refuse_what_only_gkectl_manages(files: Files) -> None:
    """Refuse user clusters that Terraform cannot manage.

    Raises:
        InvalidInput: there are such, or a file is wrong where it would say so.
    """
    found = [
        Problem(document.name, *document.position(field.path), dotted(field.path), message)
        for document in (config.document for config in files.users)
        for field, message in _only_gkectl(document)
    ]
    files.raise_problems_of_configs()
    if found:
        raise InvalidInput(found)


def _only_gkectl(document: Document) -> Iterator[tuple[Field[Any], str]]:
    places = [document.place("masterNode", "topologyDomains")]
    places += [document.place(*path, "topologyDomains") for path in document.entries("nodePools")]
    for place in places:
        if place.value:
            yield place, _TOPOLOGY
    several = document.flag("multipleNetworkInterfaces")
    if several.value:
        yield several, _INTERFACES
    more = document.place("network", "additionalNodeInterfaces")
    if more.value:
        yield more, _INTERFACES
