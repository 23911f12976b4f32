"""Into an environment that makes places in vCenter itself, and one that says how many hosts there are."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.samples import ENVIRONMENT, USER, changed
from tests.operations.adopt.gkectl.workplace import INTO, Workplace, read_yaml

VSPHERE = "  vsphere: {server: vcenter.example.com, resource_pools: {batch: {}}}\n"


def second_cluster(work: Workplace, vcenter: str = "") -> None:
    """Write the files of a cluster beside the sample's, in a subnet of its own."""
    text = (
        (work.folder / "batch.yaml")
        .read_text("utf-8")
        .replace("10.22.1.", "10.22.2.")
        .replace("batch", "web")
    )
    work.write("web.yaml", text.replace("vlan-221", "vlan-222") + vcenter)
    blocks = (work.folder / "batch-ipblock.yaml").read_text("utf-8").replace("10.22.1.", "10.22.2.")
    work.write("web-ipblock.yaml", blocks)


def test_a_second_cluster_moves_in_beside_one_with_a_pool(work: Workplace) -> None:
    """The pools are those of clusters that are there, and stay theirs."""
    path = work.environment()
    work.adopt("batch.yaml", *INTO, "--write")
    path.write_text(path.read_text("utf-8").replace("\n# One fleet.", f"{VSPHERE}\n# One fleet."), "utf-8")
    second_cluster(work)

    code, _, err = work.adopt("web.yaml", *INTO, "--write")

    assert code == 0, err
    assert list(read_yaml(path)["vmware"]["user_clusters"]) == ["batch", "web"]


@pytest.mark.parametrize(
    ("makes", "where"),
    [("resource_pools: {web: {}}", "vCenter.resourcePool"), ("folder: {}", "vCenter.folder")],
    ids=["pool", "folder"],
)
def test_a_running_cluster_gets_no_other_place(work: Workplace, makes: str, where: str) -> None:
    """What its file leaves open the environment would fill in, and the service would refuse."""
    bare = ENVIRONMENT.replace(", folder: kl-dev", "")
    vsphere = f"  vsphere: {{server: vcenter.example.com, {makes}}}\n"
    work.environment(bare.replace("\n# One fleet.", f"{vsphere}\n# One fleet."))
    second_cluster(work)

    said = work.refusal("web.yaml", *INTO)

    assert f": {where}: is not said, and vmware.vsphere.{makes.partition(':')[0]}" in said
    assert "give admin-cluster.yaml too" in said


def test_a_folder_that_the_file_says_is_kept(work: Workplace) -> None:
    """Beside the one that the environment makes for others."""
    bare = ENVIRONMENT.replace(", folder: kl-dev", "")
    vsphere = "  vsphere: {server: vcenter.example.com, folder: {}}\n"
    path = work.environment(bare.replace("\n# One fleet.", f"{vsphere}\n# One fleet."))
    second_cluster(work, "vCenter: {folder: web-old}\n")

    code, _, err = work.adopt("web.yaml", *INTO, "--write")

    assert code == 0, err
    assert read_yaml(path)["vmware"]["user_clusters"]["web"]["vcenter"] == {"folder": "web-old"}


@pytest.mark.parametrize("said", [True, None], ids=["said", "by default"])
def test_nodes_cannot_be_apart_on_two_hosts(work: Workplace, said: bool | None) -> None:  # noqa: FBT001
    """Either the file or the environment is wrong, and an apply would switch it off without a word."""
    work.environment(ENVIRONMENT.replace("hosts: 3", "hosts: 2"))
    work.write("batch.yaml", changed(USER, "antiAffinityGroups", "enabled", to=said))

    refused = work.refusal("batch.yaml", *INTO)

    assert "must be false with vcenter.hosts 2" in refused


def test_nodes_that_are_not_apart_on_two_hosts_say_nothing(work: Workplace) -> None:
    """It follows from the number."""
    path = work.environment(ENVIRONMENT.replace("hosts: 3", "hosts: 2"))
    work.write("batch.yaml", changed(USER, "antiAffinityGroups", "enabled", to=False))

    code, _, err = work.adopt("batch.yaml", *INTO, "--write")

    assert code == 0, err
    assert "anti_affinity" not in read_yaml(path)["vmware"]["user_clusters"]["batch"]
    assert "note: user cluster batch has 2 of the 3 physical hosts" in err
