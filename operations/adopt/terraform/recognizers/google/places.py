"""Where objects of Google Cloud stand, and what their references mean, in whatever form these are written.

A reference is a path (``projects/p/global/networks/n``), a link that ends in one, or a bare name, which is meant in the
project and region of who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject

HOST: Keys = ("google", "host_project", "id")
"""Where the draft says the host project."""
REGION: Keys = ("google", "region")
"""Where the draft says the region of what says none."""


def path_of(one: FoundObject) -> str:
    """The object's path from ``projects/`` on; "" where no attribute says it."""
    return plain(one.text("self_link")) or plain(one.text("id"))


def plain(reference: str) -> str:
    """The path in a reference; "" in one that has none."""
    at = reference.find("projects/")
    return reference[at:] if at >= 0 else ""


def last(reference: str) -> str:
    """The last part of a reference, which is the name of what it means."""
    return reference.rpartition("/")[2]


def part(path: str, after: str) -> str:
    """The part of a path that follows another; "" where there is none."""
    parts = path.split("/")
    return parts[parts.index(after) + 1] if after in parts[:-1] else ""


def project_of(one: FoundObject) -> str:
    """Id of the project that an object stands in; "" where nothing says it."""
    return last(one.text("project")) or part(path_of(one), "projects")


def region_of(one: FoundObject) -> str:
    """Region or location of an object; "" where it has none."""
    said = last(one.text("region")) or last(one.text("location"))
    return said or part(path_of(one), "regions") or part(path_of(one), "locations")


def is_region(location: str) -> bool:
    """Whether a location is a region, and not a zone, global or several of them."""
    return re.fullmatch(r"[a-z]+-[a-z]+[0-9]{1,2}", location) is not None


def meant(found: Found, reference: str, near: FoundObject, *types: str) -> FoundObject | None:
    """The object of some types that an object refers to; None where no state has it.

    Args:
        found: all objects.
        reference: what the object says.
        near: the object, in whose project and region a bare name is meant.
        types: the types.
    """
    path = plain(reference)
    for one in found.of(*types) if reference else ():
        if path:
            if path_of(one) == path:
                return one
        elif one.text("name") == reference and _beside(one, near):
            return one
    return None


def _beside(one: FoundObject, other: FoundObject) -> bool:
    pairs = ((project_of(one), project_of(other)), (region_of(one), region_of(other)))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def of_host(found: Found, draft: Draft, *types: str) -> Iterator[FoundObject]:
    """The objects of some types that stand in the host project."""
    host = draft.at(*HOST)
    return (one for one in found.of(*types) if host and project_of(one) == host)


def in_network(found: Found, draft: Draft, *types: str) -> Iterator[FoundObject]:
    """The objects of some types that name the environment's network, in the order of the states."""
    networks = draft.origins.get(("google", "network"), [])
    for one in found.of(*types):
        if any(meant(found, one.text("network"), one, network.type) is network for network in networks):
            yield one


def keyed(draft: Draft, path: Keys, name: str, *, entity: str = "") -> tuple[str, str | None]:
    """A key for something that has a name, and the name where it would have another one by the key.

    Args:
        draft: what is said so far.
        path: the map that the key is for.
        name: the name in Google Cloud.
        entity: what stands before the key in a derived name, such as ``proxies``.
    """
    prefix = "-".join(filter(None, (draft.organization, draft.environment, entity))) + "-"
    key = draft.key(path, name.removeprefix(prefix))
    return key, None if f"{prefix}{key}" == name else name


def key_beside(taken: Iterable[str], name: str) -> str:
    """A key for something of a name, other than those that are taken."""
    return Draft("", data={"taken": dict.fromkeys(taken)}).key(("taken",), name)


def pin(draft: Draft, what: str, name: str) -> None:
    """Say the name of something that has no key of its own, where it would have another one.

    Args:
        draft: what is said so far.
        what: what ``google.names`` calls it, such as ``network`` or ``nat-europe-north1/router``.
        name: the name in Google Cloud.
    """
    derived = "-".join((draft.organization, draft.environment, what.partition("/")[0]))
    if name != derived:
        draft.put(("google", "names", what), name)


def elsewhere(region: str, draft: Draft) -> str | None:
    """A region, where it is not the one of what says none."""
    return region if region != draft.at(*REGION) else None


def unless(value: object, default: object) -> object:
    """A value, None where it is what holds when nothing is said."""
    return None if value == default else value


def said(**fields: object) -> dict[str, object]:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value is not None}
