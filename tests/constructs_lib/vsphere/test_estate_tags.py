"""Tags by environment and by cluster."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf import TerraformStack

from tests.constructs_lib.vsphere.defined import synthesize, tags

TYPES = ["DistributedVirtualPortgroup", "Folder", "ResourcePool", "VirtualMachine"]


def test_categories_are_the_organizations_and_tags_the_environments(tmp_path: Path) -> None:
    """One tag of each category an object, so that nothing belongs to two environments."""
    found = synthesize(tmp_path, tags)

    categories = found.resources("vsphere_tag_category")
    assert {one["name"]: (one["cardinality"], one["associable_types"]) for one in categories.values()} == {
        "kl-environment": ("SINGLE", TYPES),
        "kl-cluster": ("SINGLE", TYPES),
    }
    by_name = {one["name"]: one["category_id"] for one in found.resources("vsphere_tag").values()}
    names = {f"${{vsphere_tag_category.{name}.id}}": one["name"] for name, one in categories.items()}
    assert {name: names[category] for name, category in by_name.items()} == {
        "dev": "kl-environment",
        "kl-dev-apps": "kl-cluster",
        "kl-dev-data": "kl-cluster",
    }


def test_categories_of_another_environment_are_looked_up(tmp_path: Path) -> None:
    """A vCenter has each only once."""
    found = synthesize(tmp_path, lambda stack: tags(stack, config={"owner": "sandbox"}))

    assert not found.resources("vsphere_tag_category")
    assert sorted(one["name"] for one in found.data("vsphere_tag_category").values()) == [
        "kl-cluster",
        "kl-environment",
    ]
    assert len(found.resources("vsphere_tag")) == 3


@pytest.mark.parametrize("protected", [True, False])
def test_tags_and_categories_are_protected_as_the_environment_says(
    tmp_path: Path, *, protected: bool
) -> None:
    """Their loss is the loss of what had them."""
    found = synthesize(tmp_path, lambda stack: tags(stack, prevent_destroy=protected))

    for type_ in ("vsphere_tag", "vsphere_tag_category"):
        lifecycles = [one["lifecycle"] for one in found.resources(type_).values()]
        assert lifecycles == [{"prevent_destroy": protected}] * len(lifecycles)


def test_an_object_of_a_cluster_has_both_tags(tmp_path: Path) -> None:
    """One of no cluster has the environment's alone."""
    counts: list[int] = []

    def define(stack: TerraformStack) -> None:
        made = tags(stack)
        counts.extend([len(made.ids()), len(made.ids("apps"))])

    synthesize(tmp_path, define)

    assert counts == [1, 2]
