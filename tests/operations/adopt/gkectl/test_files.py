"""What is wrong with a file is one line with its place, and nothing is printed or written beside it."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.samples import SECRET, USER, changed
from tests.operations.adopt.gkectl.workplace import INTO, Workplace

TEMPLATE = """\
# apiVersion: v1
# kind: UserCluster
# # (Required) A unique name for this cluster
# name: ""
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "batch.yaml: is empty; must hold a mapping"),
        (TEMPLATE.encode(), "batch.yaml: is empty; must hold a mapping"),
        (b"\x7fELF\x00\x01", "batch.yaml: is binary"),
        (b"\xff\xfea\x00", "batch.yaml: is UTF-16 text; save it as UTF-8"),
        (b"a: 1\n" * 300_000, "batch.yaml: is too large"),
        (b"apiVersion: v1\n\tkind: x\n", "batch.yaml:2:1: is indented with a tab"),
        (b"just words\n", "batch.yaml:1:1: must be a mapping (key: value), got text without a key"),
        (
            b"apiVersion: v1\napiVersion: v1\n",
            "batch.yaml:2:1: apiVersion: stands here a second time, first in line 1",
        ),
        (b"apiVersion: v1\n---\nkind: UserCluster\n", "batch.yaml:2:1: begins a second document (---)"),
        (b"a: &x 1\nb: *x\n", 'batch.yaml:1:4: a: has "&x", also in line 2: anchors, aliases'),
        (
            b"kind: UserCluster\n",
            "batch.yaml:1:1: apiVersion: must be v1, got nothing; have gkectl write the file anew",
        ),
        (
            b"apiVersion: v1alpha1\nkind: UserCluster\n",
            'batch.yaml:1:13: apiVersion: must be v1, got "v1alpha1"',
        ),
        (b"apiVersion: v1\n", "batch.yaml:1:1: kind: must be UserCluster or AdminCluster, got nothing"),
        (
            b"apiVersion: v1\nkind: NodePool\n",
            'batch.yaml:2:7: kind: must be UserCluster or AdminCluster, got "NodePool"',
        ),
        (b"apiVersion: v1\nkind: [a]\n", "batch.yaml:2:7: kind: must be text, got a list"),
        (b"blocks: [a]\n", "this looks like an IP block file, which goes with --ip-blocks"),
    ],
    ids=[
        *("empty", "template", "binary", "UTF-16", "huge", "tab", "text", "duplicate", "documents", "anchor"),
        *("no version", "old version", "no kind", "other kind", "kind of lists", "IP blocks"),
    ],
)
def test_a_file_that_is_something_else_is_refused(work: Workplace, content: bytes, said: str) -> None:
    """With its line, and without a traceback."""
    work.write("batch.yaml", content)

    assert said in work.refusal("batch.yaml", "admin.yaml")


@pytest.mark.parametrize("make", ["missing", "folder"])
def test_what_is_no_file_is_refused(work: Workplace, make: str) -> None:
    """A mistyped name, or a folder."""
    path = work.folder / "other.yaml"
    if make == "folder":
        path.mkdir()

    said = work.refusal("other.yaml")

    assert ("is a folder; must be a file" if make == "folder" else "other.yaml: does not exist") in said


def test_a_pool_that_stands_twice_is_refused(work: Workplace) -> None:
    """The second would take the place of the first."""
    twice = [*USER["nodePools"], {**USER["nodePools"][0]}]

    said = work.refusal_of(changed(USER, "nodePools", to=twice))

    assert 'nodePools[1].name: "pool-1" stands here a second time; one pool a name' in said


def test_a_number_that_readers_disagree_about_is_refused(work: Workplace) -> None:
    """Octal to one reader, decimal to another."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    work.write("batch.yaml", text.replace("  cpus: 4\n", "  cpus: 010\n"))

    said = work.refusal("batch.yaml", "admin.yaml")

    assert "masterNode.cpus: YAML reads 010 as an octal number" in said


def test_an_address_of_no_form_is_refused_where_it_stands(work: Workplace) -> None:
    """Among the pools of MetalLB."""
    path = ("loadBalancer", "metalLB", "addressPools", 0, "addresses")

    said = work.refusal_of(changed(USER, *path, to=["10.22.1.201 - 10.22.1.220"]))

    assert "loadBalancer.metalLB.addressPools[0].addresses[0]: must be an address, a range or a CIDR" in said


def test_a_text_of_several_lines_is_read(work: Workplace) -> None:
    """And has no comment behind it."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    work.write("batch.yaml", text.replace("networkName: vlan-221", "networkName: |-\n      vlan-221"))

    code, out, _ = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0
    assert "        port_group: " in out


def test_an_entry_that_nobody_filled_in_is_refused(work: Workplace) -> None:
    """A hyphen with nothing behind it."""
    text = (work.folder / "batch.yaml").read_text("utf-8")
    work.write("batch.yaml", text.replace("nodePools:\n", "nodePools:\n-\n"))

    said = work.refusal("batch.yaml", "admin.yaml")

    assert "nodePools[0]: must be a mapping (key: value), got nothing" in said


def test_a_control_plane_without_addresses_is_refused(work: Workplace) -> None:
    """They are asked for where gkectl has them."""
    said = work.refusal_of(changed(USER, "network", "controlPlaneIPBlock", "ips"))

    assert "network.controlPlaneIPBlock.ips: is missing; add it (addresses of the three nodes" in said


def test_windows_line_endings_are_read(work: Workplace) -> None:
    """As any others, the comments behind values too."""
    for name in ("batch.yaml", "batch-ipblock.yaml", "admin.yaml"):
        text = (work.folder / name).read_text("utf-8").replace("name: batch\n", "name: batch  # nightly\n")
        work.write(name, text.replace("\n", "\r\n"))

    code, out, err = work.adopt("batch.yaml", "admin.yaml")

    assert code == 0, err
    assert "    batch:  # nightly\n" in out
    assert "\r" not in out


def test_a_credentials_file_is_never_read(work: Workplace) -> None:
    """Neither as a configuration file nor where one should be an IP block file."""
    credentials = {"apiVersion": "v1", "kind": "CredentialFile", "items": [{"name": "x", "password": SECRET}]}
    work.write("credential.yaml", credentials)
    work.write("batch.yaml", changed(USER, "network", "ipMode", "ipBlockFilePath", to="credential.yaml"))

    said = work.refusal("credential.yaml", "batch.yaml", "admin.yaml")

    assert said.count("credential.yaml: holds credentials, which are never read here; leave it out") == 1
    assert SECRET not in said


def test_an_unfilled_template_is_said_to_be_one(work: Workplace) -> None:
    """Templates leave the required fields empty."""
    user = changed(changed(USER, "name", to=""), "gkeOnPremVersion", to="")

    said = work.refusal_of(user)

    assert "name: is empty; is this a template that nobody filled in?" in said
    assert "gkeOnPremVersion: is empty; is this a template that nobody filled in?" in said


def test_a_cluster_given_twice_is_refused(work: Workplace) -> None:
    """Under another file's name too."""
    work.write("copy.yaml", USER)

    assert 'copy.yaml:3:7: name: is "batch", as in batch.yaml already' in work.refusal(
        "batch.yaml", "copy.yaml"
    )
    assert 'name: is "batch", as in batch.yaml already' in work.refusal("batch.yaml", "batch.yaml")


def test_writing_needs_an_environment(work: Workplace) -> None:
    """It is said before anything is read."""
    assert "--write: needs --into ENV" in work.refusal("batch.yaml", "--write")


def test_an_unknown_environment_is_refused(work: Workplace) -> None:
    """With those that there are."""
    work.environment()

    assert 'environments: holds no environment "prd" (there are: dev)' in work.refusal(
        "batch.yaml", "--into", "prd"
    )


def test_a_broken_environment_is_refused_as_it_is(work: Workplace) -> None:
    """What was wrong before is not this command's to put right."""
    path = work.environment()
    path.write_text(path.read_text("utf-8").replace("hosts: 3", "hosts: three"), "utf-8")

    said = work.refusal("batch.yaml", *INTO)

    assert "environments/dev.yaml:15:91: vmware.vcenter.hosts: must be a whole number" in said
