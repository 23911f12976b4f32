"""Which entity of the estate a resource belongs to, in the words of the environment files.

Resource names come from the path of the construct: ``UserClusters_apps_NodePools_workers_0F8BBCB1`` is in the
user cluster ``apps``, its node pool ``workers``. A resource of another project is an entity by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from operations.cards.registry import CARDS

_HASH = re.compile(r"_[0-9A-F]{8}$")
_CONSTRUCT = re.compile(r"[A-Z][A-Za-z0-9]*")
_WORD = re.compile(r"[A-Z]+[0-9]*(?![a-z])|[A-Z][a-z0-9]*")

# Collections that a key follows, and what one of them is called.
_ONE_OF: Final = {id_: word for card in CARDS for id_, word in card.collections.items()}

# Constructs whose name is not the word for them.
_NAMES: Final = {id_: word for card in CARDS for id_, word in card.constructs.items()}

# Constructs that only hold what belongs to somebody named further down.
_TRANSPARENT = frozenset({"ProjectAccess", "Vsphere"})


@dataclass(frozen=True, order=True)
class Entity:
    """One thing of the estate.

    Attributes:
        name: in the words of the environment file, such as ``user cluster apps``.
    """

    name: str


def entity_of(type_: str, name: str, module: str = "", index: str = "") -> tuple[Entity, str]:
    """The entity that a resource belongs to, and what it is within that entity.

    Args:
        type_: its type, such as ``google_gkeonprem_vmware_node_pool``.
        name: its name.
        module: address of the module that it stands in, "" for the root.
        index: its ``count`` or ``for_each`` key, "" without one.
    """
    if not _HASH.search(name) or module:
        own = " ".join(filter(None, (type_words(type_), name, index)))
        return (Entity(module), own) if module else (Entity(own), "")
    steps = _steps(_HASH.sub("", name).split("_"))
    if len(steps) > 1 and steps[0][0] in _TRANSPARENT:
        steps = steps[1:]
    (construct, key), *rest = steps
    parts = [_spoken(*step) for step in rest]
    if construct == "FeatureMemberships":
        # Its keys are the feature and the cluster; the cluster is not the feature's name.
        key, _, cluster = key.rpartition("_")
        parts = [f"on cluster {cluster}"]
    elif construct != "Features":
        # Other keys have no underscore; what follows one is a part, such as one of a team's roles.
        key, _, more = key.partition("_")
        parts = [more, *parts] if more else parts
    if construct in _NAMES and key:
        parts = [key, *parts]
    return Entity(_spoken(construct, key)), ", ".join(parts)


def _steps(parts: Sequence[str]) -> list[tuple[str, str]]:
    """Constructs on the way to a resource, each with the key that follows it, if any."""
    steps: list[tuple[str, list[str]]] = []
    for part in parts:
        if _CONSTRUCT.fullmatch(part) or not steps:
            steps.append((part, []))
        else:
            steps[-1][1].append(part)
    return [(construct, "_".join(keys)) for construct, keys in steps]


def _spoken(construct: str, key: str) -> str:
    if key and construct in _ONE_OF:
        return f"{_ONE_OF[construct]} {key}"
    words = _NAMES.get(construct) or " ".join(
        word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(construct)
    )
    shown = words or construct
    return f"{shown} {key}" if key and construct not in _NAMES else shown


def type_words(type_: str) -> str:
    """A resource type in words: ``aws_kms_key`` is an aws kms key."""
    return type_.replace("_", " ")
