"""``hybrid rename`` on the environment files of this repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from environments.estate_loader import load_estate
from environments.problems import InvalidInput
from operations.cli import main
from operations.rename.rename import rename
from operations.rename.stacks import compare, synthesized
from tests.operations.estate_files import file_bytes


def stack_texts(folder: Path) -> dict[str, str]:
    """Every stack as text, without cdktf's own notes."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(below) for key, below in value.items() if key != "//"}
        return [plain(one) for one in value] if isinstance(value, list) else value

    found = synthesized(load_estate(folder))
    return {
        name: json.dumps(
            {section: plain(stack.get(section)) for section in ("resource", "provider", "terraform")}
        )
        for name, stack in found.items()
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


@pytest.mark.parametrize(
    ("words", "new", "name", "stacks"),
    [
        ("dev:vmware.user_clusters.apps", "web", "kl-dev-apps", ["dev"]),
        ("sandbox:vmware.user_clusters.apps", "web", "kl-sandbox-apps", ["sandbox-vsphere", "sandbox"]),
        ("dev:vmware.user_clusters.apps.node_pools.workers", "extra", "workers", ["dev"]),
        ("sandbox:aws.kms_keys.database", "etcd", "database", ["sandbox"]),
        (
            "sandbox:vmware.vsphere.workstations.workstation",
            "ws",
            "kl-sandbox-workstation",
            ["sandbox-vsphere"],
        ),
        (
            "organization:teams.seeiendom",
            "eiendom",
            "seeiendom",
            ["dev", "prod", "sandbox", "sandbox-vsphere", "test"],
        ),
        ('organization["break_glass"].kari', "kari-n", None, []),
        ("organization:break_glass.kari", "kari-n", None, ["prod"]),
    ],
    ids=["cluster", "cluster in two stacks", "pool", "key", "workstation", "team", "brackets", "person"],
)
def test_nothing_but_addresses_changes_and_each_has_its_entry(
    folder: Path, words: str, new: str, name: str | None, stacks: list[str]
) -> None:
    """The stacks before, with each moved address written anew, are the stacks after, so a plan is empty."""
    if not stacks:
        with pytest.raises(InvalidInput, match="must be ENV:PATH"):
            rename(folder, words, new)
        return
    before = stack_texts(folder)

    renamed = rename(folder, words, new)

    estate = load_estate(folder)
    assert renamed.name == name
    assert set(renamed.comparison.moves) <= set(stacks)
    for stack, text in stack_texts(folder).items():
        expected = before[stack]
        for entry in estate.refactoring(stack).moved:
            one, other = entry.from_.partition(".")[2], entry.to.partition(".")[2]
            expected = expected.replace(f"{one}.", f"{other}.").replace(f'{one}"', f'{other}"')
        assert normal(text) == normal(expected)
    assert main(["synth"]) == 0


@pytest.mark.parametrize(
    ("words", "new", "says"),
    [
        (
            "dev:vmware.user_clusters.apps",
            "web",
            ["dev: output service_mesh changes with the key", "keeps kl-dev-apps"],
        ),
        ("organization:break_glass.kari", "kari-n", ["refactoring/prod.yaml: 2 moved entries"]),
        ("prod:aws.kms_keys.theirs", "ours", ["a plan moves addresses and changes no object"]),
    ],
    ids=["output", "without a name", "nothing of ours"],
)
def test_a_plan_says_what_would_be_and_writes_nothing(
    folder: Path, words: str, new: str, says: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The key, what names it, what stays, the entries, the outputs."""
    key = "arn:aws:kms:eu-west-1:345678901234:key/00000000-0000-0000-0000-000000000000"
    text = (folder / "prod.yaml").read_text()
    (folder / "prod.yaml").write_text(
        text.replace("kms_keys:\n", f'kms_keys:\n    theirs: {{existing: {{key_arn: "{key}"}}}}\n')
    )
    before = file_bytes(folder)

    assert main(["rename", words, new, "--plan"]) == 0

    printed = capsys.readouterr().out
    assert [line for line in says if line not in printed] == []
    assert ("then: hybrid synth" in printed) is ("moved" in printed)
    assert "commit" not in printed
    assert file_bytes(folder) == before


def test_everything_around_the_key_stays_and_what_names_it_follows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments, layout and other keys are untouched; a default that named the key is written out."""
    before = (folder / "sandbox.yaml").read_text()

    assert main(["rename", "sandbox:aws.kms_keys.database", "etcd"]) == 0

    assert (folder / "sandbox.yaml").read_text() == before.replace(
        "    database:\n", "    etcd:\n      name: database\n"
    ).replace("    version: aws-1.4.1-gke.15\n", "    database_key: etcd\n    version: aws-1.4.1-gke.15\n")
    assert "then: hybrid synth sandbox, apply, hybrid settle sandbox" in capsys.readouterr().out
    moved = load_estate(folder).refactoring("sandbox").moved
    assert [entry.from_.split("_")[2:4] for entry in moved] == [
        ["alias.KmsKeys", "database"],
        ["key.KmsKeys", "database"],
    ]


def test_a_key_that_is_named_is_renamed_where_it_is_named(folder: Path) -> None:
    """A workstation in a rule, a cluster in a feature's settings, a key that a field says."""
    text = (folder / "sandbox.yaml").read_text()
    text = text.replace("    cluster_example:", "    secrets_key: secrets\n    cluster_example:").replace(
        "    policy_controller:\n",
        "    policy_controller:\n      clusters: {apps: {bundles: {pss-baseline-v2022: {}}}}\n",
    )
    text = text.replace("labels:", "deletion_protection: false\nlabels:", 1)
    (folder / "sandbox.yaml").write_text(text)

    keys = rename(folder, "sandbox:aws.kms_keys.secrets", "vault", write=False)
    clusters = rename(folder, "sandbox:vmware.user_clusters.apps", "web", write=False)

    assert keys.touched == (("aws", "management_service", "secrets_key"),)
    assert clusters.touched == (
        ("fleet", "features", "policy_controller", "clusters", "web"),
        ("vmware", "vsphere", "resource_pools", "web"),
    )
    assert not keys.written
    assert (folder / "sandbox.yaml").read_text() == text


def test_entries_join_those_that_are_there_and_imports_follow(folder: Path) -> None:
    """An object still to be imported is imported to its new address; what others wrote stays."""
    stack = synthesized(load_estate(folder))["dev"]
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
