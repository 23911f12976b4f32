"""The IP block file that a configuration file names."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.samples import BLOCKS, USER, changed
from tests.operations.adopt.gkectl.workplace import Workplace


def test_one_that_is_not_at_hand_is_asked_for_by_name(work: Workplace) -> None:
    """With both ways to supply it."""
    (work.folder / "batch-ipblock.yaml").unlink()

    said = work.refusal("batch.yaml", "admin.yaml")

    assert said.startswith(work.place("ipBlockFilePath"))
    assert (
        'network.ipMode.ipBlockFilePath: names "batch-ipblock.yaml", which is not at hand; lay it beside batch.yaml, '
        "or say where it is with --ip-blocks PATH"
    ) in said


@pytest.mark.parametrize("name", ["batch-ipblock.yaml", "renamed.yaml"])
def test_it_may_be_given_by_option(work: Workplace, name: str) -> None:
    """Under its own name, or as the only one."""
    (work.folder / "batch-ipblock.yaml").unlink()
    (work.folder / "elsewhere").mkdir()
    work.write(f"elsewhere/{name}", BLOCKS)

    code, out, _ = work.adopt("batch.yaml", "admin.yaml", "--ip-blocks", f"elsewhere/{name}")

    assert code == 0
    assert "node_ips: [10.22.1.20-10.22.1.22, 10.22.1.30]" in out


def test_an_absolute_path_of_the_workstation_is_looked_for_beside(work: Workplace) -> None:
    """The file came along from there."""
    path = "/var/lib/gke/batch-ipblock.yaml"
    work.write("batch.yaml", changed(USER, "network", "ipMode", "ipBlockFilePath", to=path))

    code, _, _ = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0


def test_one_that_nobody_names_is_refused(work: Workplace) -> None:
    """Whoever gives it expects it to be used."""
    work.write("other.yaml", BLOCKS)

    said = work.refusal("batch.yaml", "admin.yaml", "--ip-blocks", "other.yaml")

    assert "--ip-blocks: other.yaml is not what any of the files names; leave it out" in said


def test_one_without_blocks_is_refused(work: Workplace) -> None:
    """It may be another file of the same name."""
    work.write("batch-ipblock.yaml", {"hostconfig": {"dns": "10.30.0.53"}})

    said = work.refusal("batch.yaml", "admin.yaml")

    assert "batch-ipblock.yaml: holds no blocks; batch.yaml names it as its IP block file" in said


def test_entries_without_an_address_name_no_node(work: Workplace) -> None:
    """They are listed rather than taken for something."""
    ips = [*BLOCKS["blocks"][0]["ips"], {"ip": "", "hostname": "spare"}]
    work.write("batch-ipblock.yaml", changed(BLOCKS, "blocks", 0, "ips", to=ips))

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert (code, "spare" in out) == (0, False)
    assert "blocks[0].ips[4].hostname: its entry has no ip, so it names no node" in err


def test_two_subnets_are_refused(work: Workplace) -> None:
    """All nodes of a cluster stand in one subnet here."""
    second = {"netmask": "255.255.255.0", "gateway": "10.22.9.1", "ips": [{"ip": "10.22.9.20"}]}
    work.write("batch-ipblock.yaml", {"blocks": [*BLOCKS["blocks"], second]})

    said = work.refusal("batch.yaml", "admin.yaml")

    assert "blocks[1].gateway: must be in the one subnet" in said


def test_a_wrong_file_is_refused_like_any_other(work: Workplace) -> None:
    """With its own name."""
    work.write("batch-ipblock.yaml", b"\x00")

    assert "batch-ipblock.yaml: is binary" in work.refusal("batch.yaml", "admin.yaml")
