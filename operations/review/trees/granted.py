"""Which roles the environment files give teams in their namespaces of a cluster, and which prefixes are a team's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.contents import ClusterContents, clusters
from estate.derived.clusters.folder import kit_folder
from estate.model.estate import Estate

_BY_PREFIX: Final = ("namespace", "name")
_WILD: Final = ("*", "?", "[", "!", "{")
_OF_NO_TEAM: Final = " (a pattern of no team)"


def granted(estate: Estate, environment: str, key: str) -> frozenset[tuple[str, str, str, str]]:
    """Folder, namespace, role and group of each binding, as rules compare them; no namespace in a team's kit."""
    if environment not in estate.environments:
        return frozenset()
    return frozenset(
        one for found in clusters(estate, [environment]) if found.key == key for one in _bindings(found)
    )


def _bindings(found: ClusterContents) -> Iterator[tuple[str, str, str, str]]:
    for one in found.namespaces:
        yield "", one.name, f"ClusterRole {one.role}", f"Group {one.group}"
    for team in found.argo_cd.teams if found.argo_cd else ():
        kit = team.kit
        yield kit_folder(kit.label), "", f"ClusterRole {kit.role}", f"Group {kit.group}"


def bounded(word: str, estate: Estate) -> str:
    """What a project may reach, in a line, marked where a pattern in it is not all that a team has by its prefix."""
    for part in word.split(", "):
        key, _, value = part.partition(": ")
        is_pattern = any(one in value for one in _WILD)
        if is_pattern and not (key in _BY_PREFIX and _is_of_team(value, estate)):
            return f"{word}{_OF_NO_TEAM}"
    return word


def _is_of_team(pattern: str, estate: Estate) -> bool:
    return any(pattern == f"{team.namespace_prefix}*" for team in estate.organization.teams.values())
