"""Tags by environment and by cluster, on everything that the section makes.

Left out: tags on the clusters' nodes, which `node_pools.*.tags` sets.
"""

from __future__ import annotations

from typing import Final

from estate.model.base import EnvironmentName, Model

CATEGORIES: Final = ("environment", "cluster")
"""What there is a tag category for."""

TAGGED_TYPES: Final = ("DistributedVirtualPortgroup", "Folder", "ResourcePool", "VirtualMachine")
"""Types of objects that carry the tags; vCenter can add to a category's types and not take away."""


class TagsConfig(Model):
    """One tag for the environment and one for each user cluster."""

    owner: EnvironmentName | None = None
    """The environment that makes the two tag categories, which a vCenter has only once, where several
    environments use the same vCenter; this one when absent."""


def category_name(organization: str, category: str) -> str:
    """Name of a tag category, the same in every environment."""
    return f"{organization}-{category}"
