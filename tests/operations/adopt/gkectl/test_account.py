"""Nothing of a file is dropped without a word, and nothing secret is shown."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from estate.model.rules import Path
from estate.reading.paths import dotted
from tests.operations.adopt.gkectl.samples import ADMIN, BLOCKS, EVERYTHING, SECRET, USER, Document, changed
from tests.operations.adopt.gkectl.workplace import Workplace
from tests.operations.adopt.leaves import leaves

ALWAYS_ON = {
    *("apiVersion", "kind", "enableAdvancedCluster", "enableControlplaneV2", "enableDataplaneV2"),
    *("autoRepair.enabled", "antiAffinityGroups.enabled", "masterNode.replicas"),
}
"""What an environment says by being one, rather than by a value."""


def listed(err: str, file: str) -> dict[str, str]:
    """What is not carried over of a file: value and reason by path."""
    _, _, text = err.partition("not carried over:\n")
    lines = [line.strip() for line in text.splitlines() if line.startswith(f"  {file}:")]
    parts = [line.split(": ", 2) for line in lines]
    return {path: rest for _, path, rest in parts}


def test_every_value_is_carried_over_or_listed(work: Workplace) -> None:
    """Each value of a cluster that uses every field is found in exactly one of the two; texts are not shown."""
    work.write("batch.yaml", EVERYTHING)
    code, out, err = work.adopt("batch.yaml", "admin.yaml")
    assert code == 0, err

    missing = listed(err, "batch.yaml")

    for path, value in leaves(EVERYTHING):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        where = dotted(path)
        if where in ALWAYS_ON or where == "network.ipMode.ipBlockFilePath":
            assert where not in missing
        elif where in missing:
            assert missing[where].startswith(f"{written}: ") == (not isinstance(value, str)), where
            assert not isinstance(value, str) or written not in missing[where], where
        else:
            assert _stands_in(out, written), where


def _stands_in(out: str, written: str) -> bool:
    """As it is, or in the section's words."""
    in_our_words = {
        "255.255.255.0": "10.22.1.0/24",
        "10.22.1.200/32": "10.22.1.200",
        "NoSchedule": "NO_SCHEDULE",
        "MetalLB": "metal_lb",
        "static": "node_ips",
        "kl-dev-host": "projects/kl-dev-host/",
    }
    return in_our_words.get(written, written) in out


@pytest.mark.parametrize("document", ["batch.yaml", "admin.yaml", "batch-ipblock.yaml"])
def test_every_reason_is_one_that_was_written_for_the_field(work: Workplace, document: str) -> None:
    """A field that stands in Google's reference is known."""
    work.write("batch.yaml", EVERYTHING)

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert [why for why in listed(err, document).values() if "is not known here" in why] == []


def mappings(value: Any, path: Path = ()) -> Iterator[Path]:
    """Path of every mapping."""
    if isinstance(value, dict):
        yield path
    for key, below in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from mappings(below, (*path, key))


@pytest.mark.parametrize("path", list(mappings(USER)), ids=lambda path: dotted(path) or "top")
def test_an_unknown_field_is_listed_wherever_it_stands(work: Workplace, path: Path) -> None:
    """Google adds fields from version to version; one that is not known stops nothing, and is not shown."""
    document = copy.deepcopy(USER)
    holder: Any = document
    for part in path:
        holder = holder[part]
    holder["future"] = {"mode": [SECRET, True]}
    work.write("batch.yaml", document)

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    where = dotted((*path, "future", "mode"))
    found = listed(err, "batch.yaml")
    assert code == 0
    assert {f"{where}[0]", f"{where}[1]"} <= found.keys()
    assert SECRET not in out + err


@pytest.mark.parametrize(
    ("document", "name"), [(BLOCKS, "batch-ipblock.yaml"), (ADMIN, "admin.yaml")], ids=["IP blocks", "admin"]
)
def test_unknown_fields_of_other_files_are_listed_too(work: Workplace, document: Document, name: str) -> None:
    """Each with its file."""
    work.write(name, {**document, "future": 7})

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert listed(err, name)["future"].startswith("is not known here")


def test_no_secret_is_shown_anywhere(work: Workplace) -> None:
    """Neither in the section nor in what is said about it, nor in the line of a mistake."""
    work.write("batch.yaml", {**EVERYTHING, "proxy": {"url": f"https://user:{SECRET}@proxy.example.com"}})
    _, out, err = work.adopt("batch.yaml", "admin.yaml")
    wrong = changed(EVERYTHING, "masterNode", "cpus", to="many")
    refused = work.refusal_of(wrong)

    assert SECRET not in out + err + refused


def test_a_private_key_that_was_pasted_is_not_shown(work: Workplace) -> None:
    """Whatever the field is called."""
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----\n"
    work.write("batch.yaml", changed(USER, "authentication", to={"sni": {"keyPath": key}}))

    _, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert SECRET not in out + err
    assert "authentication.sni.keyPath: certificates of the API server stay" in err


def test_what_gkectl_takes_by_default_is_said(work: Workplace) -> None:
    """A section that is silent means the same; a person should know."""
    user = changed(changed(USER, "masterNode", "cpus"), "nodePools", 0, "bootDiskSizeGB")
    user = changed(changed(user, "antiAffinityGroups"), "autoRepair")
    work.write("batch.yaml", changed(user, "nodePools", 0, "osImageType"))

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert (
        "not said, so gkectl's defaults hold, here too: masterNode.cpus 4, nodePools[0].bootDiskSizeGB 40, "
        "nodePools[0].osImageType ubuntu_cgv2, antiAffinityGroups.enabled true, autoRepair.enabled true\n"
    ) in err


def test_an_image_that_google_is_not_clear_about_is_a_note(work: Workplace) -> None:
    """1.34 takes both, and its documents name either as the default."""
    user = changed(changed(USER, "nodePools", 0, "osImageType"), "gkeOnPremVersion", to="1.34.0-gke.566")
    work.write("batch.yaml", user)

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert (
        "note: batch.yaml does not say nodePools[0].osImageType, and of 1.34 Google's pages say ubuntu_cgv2 or "
        "ubuntu_containerd; compare with `gcloud container vmware node-pools list`"
    ) in err


def test_a_pool_of_another_version_is_said(work: Workplace) -> None:
    """Pools follow their cluster here."""
    same = changed(USER, "nodePools", 0, "gkeOnPremVersion", to=USER["gkeOnPremVersion"])
    work.write("batch.yaml", same)
    _, _, quiet = work.adopt("batch.yaml", "admin.yaml")
    work.write("batch.yaml", changed(same, "nodePools", 0, "gkeOnPremVersion", to="1.34.1-gke.1"))

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert "gkeOnPremVersion" not in quiet
    assert "nodePools[0].gkeOnPremVersion: pools follow their cluster's version" in err


def test_a_file_that_is_older_than_the_cluster_is_said(work: Workplace) -> None:
    """No cluster of a supported version is anything but advanced."""
    work.write("batch.yaml", changed(USER, "enableAdvancedCluster", to=False))

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert (
        "enableAdvancedCluster: false: 1.35.0-gke.525 has advanced clusters only, so the file is older" in err
    )


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("autoRepair", "enabled"), False, "autoRepair.enabled: is off and is switched on"),
        (
            ("loadBalancer", "metalLB", "addressPools", 0, "addresses"),
            ["10.22.1.208/28"],
            "addressPools[0].addresses[0]: 10.22.1.208/28 is written 10.22.1.208-10.22.1.223",
        ),
    ],
    ids=["auto repair", "notation"],
)
def test_what_the_first_apply_changes_is_said(
    work: Workplace, path: tuple[str | int, ...], value: Any, said: str
) -> None:
    """Before there is a plan to read it in."""
    work.write("batch.yaml", changed(USER, *path, to=value))

    code, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0
    assert said in err.partition("what the first apply changes in the running cluster:\n")[2]


def test_a_range_in_an_ip_block_file_is_written_out(work: Workplace) -> None:
    """An environment names every address, and a range has no name of its own."""
    ips = [*BLOCKS["blocks"][0]["ips"], {"ip": "10.22.1.32/30", "hostname": "range"}]
    work.write("batch-ipblock.yaml", changed(BLOCKS, "blocks", 0, "ips", to=ips))

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0
    assert "10.22.1.32-10.22.1.35" in out
    assert "blocks[0].ips[4].ip: 10.22.1.32/30 is written out" in err
    assert "blocks[0].ips[4].hostname: names a whole range" in err
    assert "range" not in out


def test_host_groups_are_left_out_where_a_version_has_none(work: Workplace) -> None:
    """Advanced clusters do not know them, and every supported version has advanced clusters only."""
    work.write("batch.yaml", changed(USER, "nodePools", 0, "vsphere", to={"hostgroups": ["racks-1"]}))

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert (code, "racks-1" in out, "host_groups" in out) == (0, False, False)
    assert (
        "nodePools[0].vsphere.hostgroups[0]: clusters of 1.35.0-gke.525 are advanced ones and have no host groups"
        in err
    )


def test_the_ip_blocks_of_an_admin_cluster_are_known(work: Workplace) -> None:
    """Its addresses are carried over; names and subnet stay gkectl's, and nothing of it is unknown."""
    mode = {"type": "static", "ipBlockFilePath": "admin-ipblock.yaml"}
    work.write("admin.yaml", changed(ADMIN, "network", "ipMode", to=mode))
    nodes = {
        "netmask": "255.255.255.0",
        "gateway": "10.20.22.1",
        "ips": [{"ip": "10.20.22.20", "hostname": "a"}],
    }
    work.write("admin-ipblock.yaml", {"blocks": [nodes]})

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    found = listed(err, "admin-ipblock.yaml")
    assert (code, "10.20.22.20" in out) == (0, True)
    assert {"blocks[0].netmask", "blocks[0].gateway", "blocks[0].ips[0].hostname"} <= found.keys()
    assert all("the admin cluster stays gkectl's" in why for why in found.values())


def test_enrollment_that_gkectl_would_undo_is_a_note(work: Workplace) -> None:
    """With enabled: false, the next gkectl update takes the cluster out of the API again."""
    work.write("batch.yaml", {**USER, "gkeOnPremAPI": {"enabled": False}})

    _, _, err = work.adopt("batch.yaml", "admin.yaml")

    assert "note: batch.yaml says gkeOnPremAPI.enabled: false" in err


def test_yaml_1_1_is_read_as_gkectl_reads_it(work: Workplace) -> None:
    """Yes is true where a truth is meant; what looks like a number is text where text is meant."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    text = text.replace("enabled: true", "enabled: Yes").replace("manualAssign: true", "manualAssign: on")
    text = text.replace("name: services", "name: null-1").replace(
        "networkName: vlan-221", "networkName: 0221"
    )
    work.write("batch.yaml", text.replace("dnsServers:", "extra: no\n    dnsServers:"))

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0, err
    assert 'port_group: "0221"' in out
    assert "manual_assign: true" in out
    assert "network.hostConfig.extra: is not known here" in err
