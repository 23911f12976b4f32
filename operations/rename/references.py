"""Where a file names an entry of a map by its key; a star stands for any key or position.

What is missing here is found by the loader, which refuses a name that nothing has: a new reference is added
here then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from environments.model.rules import Path
from operations.edit.yaml_text import add_first, rename_key, replace_value
from operations.rename.target import Target


@dataclass(frozen=True)
class Reference:
    """A place that holds another's key.

    Attributes:
        path: where.
        is_key: whether the key at the end of the path is it, rather than the value.
        default: what stands for the value when there is none.
    """

    path: Path
    is_key: bool = False
    default: str | None = None


_FEATURES: Final = tuple(
    Reference(("fleet", "features", feature, "clusters", "*"), is_key=True)
    for feature in ("config_sync", "policy_controller", "service_mesh")
)
REFERENCES: Final[Mapping[Path, tuple[Reference, ...]]] = {
    ("vmware", "user_clusters", "*"): (
        *_FEATURES,
        Reference(("vmware", "vsphere", "resource_pools", "*"), is_key=True),
    ),
    ("google", "gke_clusters", "*"): _FEATURES,
    ("google", "network", "subnets", "*"): (Reference(("google", "gke_clusters", "*", "subnet")),),
    ("vmware", "vsphere", "resource_pools", "*"): (
        Reference(("vmware", "vsphere", "workstations", "*", "resource_pool")),
    ),
    ("vmware", "vsphere", "workstations", "*"): (
        Reference(("vmware", "vsphere", "anti_affinity_rules", "*", "workstations", "*")),
    ),
    ("aws", "kms_keys", "*"): (
        Reference(("aws", "management_service", "secrets_key"), default="secrets"),
        Reference(("aws", "management_service", "database_key"), default="database"),
        Reference(("aws", "management_service", "*", "kms_key")),
        Reference(("aws", "eks_clusters", "*", "kms_key")),
        Reference(("aws", "eks_clusters", "*", "node_groups", "*", "volume", "kms_key")),
    ),
    ("aws", "eks_clusters", "*"): _FEATURES,
}
"""The references to the entries of each map."""


def renamed_text(target: Target) -> tuple[str, list[Path]]:
    """The text of the file with the new key, and where else it stands in it now.

    Raises:
        ValueError: something is written over several lines.
    """
    text, data, touched = target.text, target.source.data, []
    for pattern, references in REFERENCES.items():
        if not _fits(target.path, pattern):
            continue
        for reference in references:
            for path in places(data, reference.path):
                if reference.is_key and path[-1] == target.old:
                    text = rename_key(text, path, target.new)
                    touched.append((*path[:-1], target.new))
                elif not reference.is_key and _value(data, path) == target.old:
                    text = replace_value(text, path, target.new)
                    touched.append(path)
            holder = reference.path[:-1]
            if reference.default == target.old:
                for path in places(data, holder):
                    if reference.path[-1] not in _value(data, path):
                        text = add_first(text, path, str(reference.path[-1]), target.new)
                        touched.append((*path, reference.path[-1]))
    return rename_key(text, target.path, target.new), touched


def places(data: Any, pattern: Path, at: Path = ()) -> Iterator[Path]:
    """Every path in the data that a pattern fits."""
    if not pattern:
        yield at
        return
    below = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
    for key in below if pattern[0] == "*" else pattern[:1]:
        if key in below:
            yield from places(below[key], pattern[1:], (*at, key))


def _fits(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(
        wanted in {"*", part} for part, wanted in zip(path, pattern, strict=True)
    )


def _value(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data
