"""What follows a renamed key: everything that names the entry, and waivers of what moves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import StackJson
from operations.cli import main
from operations.rename.rename import rename
from tests.operations.estate_files import file_bytes

WAIVER = (
    '- {{stack: {stack}, resource: {resource}, rule: CKV_AWS_1, reason: for now, expires: "2027-01-31"}}\n'
)


def test_everything_around_the_key_stays_and_what_names_it_follows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments, layout and other keys are untouched; a default that named the key is written out."""
    before = (folder / "sandbox.yaml").read_text()

    assert main(["rename", "sandbox:aws.kms_keys.database", "etcd", "--write"]) == 0

    assert (folder / "sandbox.yaml").read_text() == before.replace(
        "    database:\n", "    etcd:\n      name: database\n"
    ).replace("    version: aws-1.4.1-gke.15\n", "    database_key: etcd\n    version: aws-1.4.1-gke.15\n")
    assert "then: hybrid synth sandbox, apply, hybrid settle sandbox --write" in capsys.readouterr().out
    moved = load_estate(folder).refactoring("sandbox").moved
    assert [entry.from_.split("_")[2:4] for entry in moved] == [
        ["alias.KmsKeys", "database"],
        ["key.KmsKeys", "database"],
    ]


@pytest.mark.unmeasured
def test_a_key_that_is_named_is_renamed_where_it_is_named(folder: Path) -> None:
    """A workstation in a rule, a cluster in a feature's settings, a key that a field says."""
    text = (folder / "sandbox.yaml").read_text()
    text = text.replace(
        "    policy_controller:\n",
        "    policy_controller:\n      clusters: {apps: {bundles: {pss-baseline-v2022: {}}}}\n",
    )
    text = text.replace("labels:", "deletion_protection: false\nlabels:", 1)
    (folder / "sandbox.yaml").write_text(text)

    keys = rename(folder, "test:aws.kms_keys.secrets", "vault", write=False)
    clusters = rename(folder, "sandbox:vmware.user_clusters.apps", "web", write=False)

    assert keys.touched == (("aws", "eks_clusters", "aws", "kms_key"),)
    assert clusters.touched == (
        ("vmware", "vsphere", "resource_pools", "web"),
        ("fleet", "features", "policy_controller", "clusters", "web"),
    )
    assert not keys.written
    assert (folder / "sandbox.yaml").read_text() == text


def test_what_is_named_by_what_is_renamed_along_follows_too(folder: Path) -> None:
    """A cluster's resource pool has the cluster's key, and a workstation that stands in the pool names that."""
    text = (folder / "sandbox.yaml").read_text()
    (folder / "sandbox.yaml").write_text(text.replace("resource_pool: admin", "resource_pool: apps"))

    renamed = rename(folder, "sandbox:vmware.user_clusters.apps", "web")

    assert renamed.touched == (
        ("vmware", "vsphere", "resource_pools", "web"),
        ("vmware", "vsphere", "workstations", "workstation", "resource_pool"),
    )
    assert "resource_pool: web" in (folder / "sandbox.yaml").read_text()


def test_waivers_follow_what_they_are_about(folder: Path, as_they_are: Mapping[str, StackJson]) -> None:
    """Those of its own stack; one that stands over several lines is nothing that can be edited."""
    stack = as_they_are["dev"]
    (key,) = (name for name in stack["resource"]["aws_kms_key"] if name.startswith("KmsKeys_"))
    file = folder / "policy" / "waivers.yaml"
    waivers = WAIVER.format(stack="test", resource=f"aws_kms_key.{key}")
    waivers += WAIVER.format(stack="dev", resource=f"aws_kms_key.{key}")
    over_two_lines = waivers.replace(f"aws_kms_key.{key}", f'"aws_kms_key.\\\n    {key}"')
    file.write_text(f"waivers:\n{over_two_lines}")
    before = file_bytes(folder)

    with pytest.raises(InvalidInput, match=r"waivers.yaml"):
        rename(folder, "dev:aws.kms_keys.secrets", "vault")
    assert file_bytes(folder) == before
    file.write_text(f"waivers:\n{waivers}")
    renamed = rename(folder, "dev:aws.kms_keys.secrets", "vault")

    assert file in renamed.files
    moved = renamed.comparison.moves["dev"][f"aws_kms_key.{key}"]
    of_test, of_dev = file.read_text().splitlines()[1:]
    assert f"aws_kms_key.{key}," in of_test
    assert f"{moved}," in of_dev
