"""``hybrid rename`` on the environment files of this repository."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from estate.derived.clusters.folder import SYNCED
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import StackJson, read_stack
from operations.cli import main
from operations.rename.rename import rename
from operations.rename.stacks import Synthesized, compare, synthesized
from operations.rename.target import Target
from tests.operations.estate_files import file_bytes


def texts(stacks: Mapping[str, StackJson]) -> dict[str, str]:
    """Every stack as text, without cdktf's own notes and refactoring blocks."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(below) for key, below in value.items() if key != "//"}
        return [plain(one) for one in value] if isinstance(value, list) else value

    return {
        name: json.dumps(
            {
                section: plain(stack.get(section, {}))
                for section in ("resource", "data", "provider", "terraform", "variable", "locals")
            }
        )
        for name, stack in stacks.items()
    }


def normal(text: str) -> object:
    """JSON with the parts of a list of addresses in one order."""

    def walk(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            yield from ((key, tuple(walk(below))) for key, below in sorted(value.items()))
        elif isinstance(value, list):
            yield from sorted((tuple(walk(one)) for one in value), key=repr)
        else:
            yield value

    return tuple(walk(json.loads(text)))


CASES = {
    "cluster": ("dev:vmware.user_clusters.apps", "web", {"name": "kl-dev-apps"}, ["dev"]),
    "cluster in two stacks": (
        "sandbox:vmware.user_clusters.apps",
        "web",
        {"name": "kl-sandbox-apps"},
        ["sandbox", "sandbox-vsphere"],
    ),
    "pool": ("dev:vmware.user_clusters.apps.node_pools.workers", "extra", {"name": "workers"}, ["dev"]),
    "key": ("sandbox:aws.kms_keys.database", "etcd", {"name": "database"}, ["sandbox"]),
    "workstation": (
        "sandbox:vmware.vsphere.workstations.workstation",
        "ws",
        {"name": "kl-sandbox-workstation"},
        ["sandbox-vsphere"],
    ),
    "team": (
        "organization:teams.seeiendom",
        "eiendom",
        {"name": "seeiendom"},
        ["dev", "prod", "prod-attach", "sandbox", "test", "test-attach"],
    ),
    "person": ("organization:break_glass.kari", "kari-n", {}, ["prod"]),
    "GKE cluster": (
        "prod:google.gke_clusters.cloud",
        "web",
        {"name": "kl-prod-cloud", "short_name": "cloud"},
        ["prod"],
    ),
    "GKE pool": ("prod:google.gke_clusters.cloud.node_pools.batch", "jobs", {"name": "batch"}, ["prod"]),
    "subnet": ("prod:google.network.subnets.gke", "nodes", {"name": "kl-prod-gke"}, ["prod"]),
    "Google key": ("prod:google.kms_keys.secrets", "vault", {"name": "secrets"}, ["prod"]),
    "service project": ("prod:google.service_projects.apps", "workloads", {}, ["prod"]),
    "EKS cluster": (
        "prod:aws.eks_clusters.aws",
        "web",
        {"name": "kl-prod-aws", "short_name": "aws"},
        ["prod", "prod-attach"],
    ),
    "EKS group": ("prod:aws.eks_clusters.aws.node_groups.batch", "jobs", {"name": "batch"}, ["prod"]),
    "EKS administrator": ("prod:aws.eks_clusters.aws.access.administrators.platform", "people", {}, ["prod"]),
    "key of an EKS cluster": ("prod:aws.kms_keys.secrets", "vault", {"name": "secrets"}, ["prod"]),
    "key of volumes": ("prod:aws.kms_keys.volumes", "disks", {"name": "volumes"}, ["prod"]),
    "tunnel": ("prod:vpn.onprem.tunnels.a", "west", {"name": "a"}, ["prod"]),
    "connection": ("prod:vpn.aws.connections.a", "west", {"name": "a"}, ["prod"]),
    "peer": ("prod:vpn.onprem.peers.fw-a", "west", {}, []),
}
"""What is renamed, its new key, what keeps it as it is, and the stacks in which its addresses move."""


@pytest.mark.unmeasured
@pytest.mark.parametrize(("words", "new", "kept", "stacks"), CASES.values(), ids=CASES)
def test_nothing_but_addresses_changes_and_each_has_its_entry(
    folder: Path,
    made: list[Synthesized],
    words: str,
    new: str,
    kept: dict[str, str],
    stacks: list[str],
) -> None:
    """The stacks before, with each moved address written anew, are the stacks after, so a plan is empty."""
    renamed = rename(folder, words, new)

    assert renamed.kept == kept
    assert sorted(renamed.comparison.moves) == stacks
    assert differing(load_estate(folder), made[0].stacks, made[-1].stacks, renamed.target) == []


@pytest.mark.unmeasured
def test_what_a_rename_takes_from_before_is_the_same(
    folder: Path, as_they_are: Mapping[str, StackJson]
) -> None:
    """It synthesizes what it can reach; everything anew, after renames in several files, is what these said."""
    names = ("pool", "key", "subnet", "team")
    targets = [rename(folder, *CASES[name][:2]).target for name in names]

    assert main(["synth"]) == 0

    after = {stack: read_stack(Path("cdktf.out"), stack) for stack in as_they_are}
    assert differing(load_estate(folder), as_they_are, after, *targets) == []


def differing(
    estate: Estate, before: Mapping[str, StackJson], after: Mapping[str, StackJson], *targets: Target
) -> list[str]:
    """The stacks that are not those before with each moved address written anew."""
    found, old = [], texts(before)
    for stack, text in texts(after).items():
        expected = old[stack]
        for entry in estate.refactoring(stack).moved:
            expected = replaced(expected, entry.from_.partition(".")[2], entry.to.partition(".")[2])
        for target in targets:
            for one, other in data_sources(old[stack], text, target):
                expected = replaced(expected, one, other)
            if f"{target.path[-2]}".endswith("_clusters"):
                # The manifests of a member cluster lie by its key; what else has that key has no folder.
                there = f"/{target.stem}/"
                expected = expected.replace(f"{there}{target.old}/{SYNCED}", f"{there}{target.new}/{SYNCED}")
        if normal(text) != normal(expected):
            found.append(stack)
    return found


def replaced(text: str, one: str, other: str) -> str:
    """The text with another name of a resource or data source."""
    return text.replace(f"{one}.", f"{other}.").replace(f'{one}"', f'{other}"')


def data_sources(before: str, after: str, target: Target) -> Iterator[tuple[str, str]]:
    """Old and new names of data sources, which no entry moves: they hold nothing. Hashes end the names."""
    gone, come = (
        {name for bodies in json.loads(text)["data"].values() for name in bodies} for text in (before, after)
    )
    for name in gone - come:
        wanted = name[:-8].replace(f"_{target.old}_", f"_{target.new}_")
        yield from ((name, one) for one in come if one[:-8] == wanted)


def test_brackets_without_a_file_are_refused(folder: Path) -> None:
    """What a path begins with is the file."""
    with pytest.raises(InvalidInput, match="must be ENV:PATH"):
        rename(folder, 'organization["break_glass"].kari', "kari-n")


@pytest.mark.parametrize(
    ("words", "new", "says"),
    [
        (
            "test:vmware.user_clusters.apps",
            "web",
            ["test: output service_mesh changes with the key"],
        ),
        ("organization:break_glass.kari", "kari-n", ["refactoring/prod.yaml: 3 moved entries"]),
        ("prod:aws.kms_keys.theirs", "ours", ["a plan moves addresses and changes no object"]),
    ],
    ids=["output", "without a name", "nothing of ours"],
)
def test_it_says_what_would_be_and_writes_nothing(
    folder: Path, words: str, new: str, says: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The key, what names it, what stays, the entries, the outputs."""
    key = "arn:aws:kms:eu-west-1:345678901234:key/00000000-0000-0000-0000-000000000000"
    text = (folder / "prod.yaml").read_text()
    (folder / "prod.yaml").write_text(
        text.replace("    volumes:\n", f'    theirs: {{existing: {{key_arn: "{key}"}}}}\n    volumes:\n')
    )
    # A name that says nothing of the key, which the mesh knows the cluster by then.
    text = (folder / "test.yaml").read_text()
    (folder / "test.yaml").write_text(
        text.replace("    apps:\n      v", "    apps:\n      name: older\n      v")
    )
    before = file_bytes(folder)

    assert main(["rename", words, new]) == 0

    printed = capsys.readouterr().out
    assert [line for line in says if line not in printed] == []
    assert ("then: hybrid synth" in printed) is ("moved" in printed)
    assert "commit" not in printed
    assert printed.endswith("\nnothing is written yet; the same with --write writes it\n")
    assert file_bytes(folder) == before


def test_the_names_of_secrets_stay(folder: Path, as_they_are: Mapping[str, StackJson]) -> None:
    """A tunnel that is renamed asks nobody for another variable, and its other end is told of the same tunnel."""
    before = as_they_are["prod"]

    rename(folder, "prod:vpn.onprem.tunnels.a", "west")
    rename(folder, "prod:vpn.aws.connections.b", "east")

    after = synthesized(load_estate(folder)).stacks["prod"]
    assert after["variable"] == before["variable"]
    assert after["output"] == before["output"]


def test_another_order_of_keys_changes_nothing(folder: Path) -> None:
    """The firewall lists the accounts of all clusters' nodes; a key that sorts last leaves them as they stand."""
    text = (folder / "dev.yaml").read_text()
    subnet = "      more: {cidr: 10.81.0.0/20, pods: 10.92.0.0/16, services: 10.91.0.0/20}\n"
    second = """\
    data:
      project: apps
      subnet: more
      control_plane_cidr: 172.16.0.96/28
      secrets_key: secrets
      node_pools: {default: {machine_type: e2-standard-4, min_nodes: 3, max_nodes: 9}}
"""
    text = text.replace("    onprem_prefixes:", f"{subnet}    onprem_prefixes:", 1)
    (folder / "dev.yaml").write_text(text.replace("\nvmware:", f"{second}\nvmware:", 1))

    assert rename(folder, "dev:google.gke_clusters.cloud", "web").kept == {
        "name": "kl-dev-cloud",
        "short_name": "cloud",
    }


def test_a_name_that_was_said_already_stays(folder: Path) -> None:
    """A cluster that is renamed a second time, or that had a name of its own, keeps the rest by its short name."""
    text = (folder / "dev.yaml").read_text()
    (folder / "dev.yaml").write_text(
        text.replace("    cloud:\n", "    cloud:\n      name: an-older-cluster\n")
    )

    assert rename(folder, "dev:google.gke_clusters.cloud", "web").kept == {"short_name": "cloud"}


def test_entries_join_those_that_are_there_and_imports_follow(
    folder: Path, as_they_are: Mapping[str, StackJson]
) -> None:
    """An object still to be imported is imported to its new address; what others wrote stays."""
    stack = as_they_are["dev"]
    addresses = [
        f"{type_}.{name}"
        for type_ in ("aws_kms_alias", "aws_kms_key")
        for name in stack["resource"][type_]
        if name.startswith("KmsKeys_")
    ]
    (fleet,) = (f"google_gke_hub_fleet.{name}" for name in stack["resource"]["google_gke_hub_fleet"])
    (folder / "refactoring").mkdir(exist_ok=True)
    file = folder / "refactoring" / "dev.yaml"
    file.write_text(
        f"import:\n  - {{to: {addresses[1]}, id: made-by-hand}} # theirs\nmoved:\n  - {{from: aws_vpc.A, to: aws_vpc.B}}\n"
    )
    with pytest.raises(InvalidInput, match=r"aws_vpc\.B is not a resource"):
        rename(folder, "dev:aws.kms_keys.secrets", "vault")

    file.write_text(
        f"import:\n  - {{to: {addresses[1]}, id: made-by-hand}} # theirs\n  - {{to: {fleet}, id: default}}\n"
        "removed:\n  - {from: aws_vpc.Gone, destroy: false, reason: handed over}\n"
    )
    rename(folder, "dev:aws.kms_keys.secrets", "vault")
    rename(folder, "dev:vmware.user_clusters.apps.node_pools.workers", "extra")
    refactoring = load_estate(folder).refactoring("dev")
    assert "# theirs" in file.read_text()
    assert refactoring.import_[0].to.startswith("aws_kms_key.KmsKeys_vault_")
    assert len(refactoring.moved) == 3


def test_what_differs_in_length_or_has_no_counterpart_is_told() -> None:
    """A comparison never passes over anything: lists, blocks, data sources, stacks."""
    before = {"dev": _stack("apps", [1, 2])}
    after = {"dev": _stack("web", [1])}

    found = compare(before, after, "apps", "web")

    assert found.moves == {"dev": {"aws_vpc.X_apps": "aws_vpc.X_web"}}
    assert [one.path for one in found.differences] == [("resource", "aws_vpc", "X_web", "list")]
    assert not found.unmatched
    assert found.changes_objects
    assert compare(before, {"dev": _stack("other", [1, 2])}, "apps", "web").unmatched == (
        "dev: aws_vpc.X_apps",
        "dev: data.aws_ami.X_apps",
        "dev: aws_vpc.X_other",
        "dev: data.aws_ami.X_other",
    )


def _stack(key: str, numbers: list[int]) -> dict[str, object]:
    note = {"//": {"metadata": {"path": f"dev/X/{key}"}}}
    return {
        "resource": {
            "aws_vpc": {
                f"X_{key}": {
                    **note,
                    "ami": f"${{data.aws_ami.X_{key}.id}}",
                    "depends_on": [f"data.aws_ami.X_{key}"],
                    "list": numbers,
                }
            }
        },
        "data": {"aws_ami": {f"X_{key}": note}},
    }
