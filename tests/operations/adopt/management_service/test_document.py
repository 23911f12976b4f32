"""Reading the document: what is refused, where it says so, and what is read as Kubernetes reads it."""

from __future__ import annotations

from typing import Any

import pytest

from operations.cli import main
from tests.operations.adopt.management_service.documents import (
    EVERYTHING,
    EXISTING_VPC,
    SAMPLE,
    Workplace,
    changed,
)

VPC = ("spec", "dedicatedVPC")


def test_another_kind_of_document_is_refused_for_its_kind_only(workplace: Workplace) -> None:
    """Everything in it is wrong for a management service; that it is none is what there is to say."""
    refusal = workplace.refusal(
        {"apiVersion": SAMPLE["apiVersion"], "kind": "AWSCluster", "spec": {"region": 1}}
    )

    assert refusal.splitlines() == [
        'anthos-gke.yaml:2:7: kind: must be AWSManagementService, got "AWSCluster"',
        "1 problem; nothing was written",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("- 1\n", "must be a mapping"),
        ("kind: [\n", "bracket"),
        ("a: 1\n---\nb: 2\n", "second document"),
        ("a: &x 1\nb: *x\n", "anchors"),
    ],
    ids=["empty", "list", "not YAML", "two documents", "anchor"],
)
def test_what_is_no_yaml_mapping_is_refused(workplace: Workplace, text: str, reason: str) -> None:
    """The same reader as for environments, so the same short words."""
    assert reason in workplace.refusal(text)


def test_a_missing_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The name is the likely mistake, so it stands in the message; the key is asked for all the same."""
    code = main(["adopt", "management-service", "gone.yaml"])

    err = capsys.readouterr().err
    assert code == 2
    assert "gone.yaml: does not exist" in err
    assert "--public-key: is needed" in err


@pytest.mark.parametrize("role", ["private", "public"])
def test_subnets_and_zones_of_different_number_are_refused(workplace: Workplace, role: str) -> None:
    """They belong together by position: one missing would shift the others into the wrong zones."""
    document = changed(SAMPLE, *VPC, f"{role}SubnetCIDRBlocks", to=["10.0.1.0/24", "10.0.2.0/24"])

    refusal = workplace.refusal(document)

    assert f"spec.dedicatedVPC.{role}SubnetCIDRBlocks: must have one entry for each" in refusal
    assert "which has 3, got 2" in refusal
    assert refusal.startswith(workplace.place(f"{role}SubnetCIDRBlocks"))


def test_a_zone_that_stands_twice_is_refused(workplace: Workplace) -> None:
    """As a map by zone, one of the two would be lost without a word."""
    document = changed(SAMPLE, *VPC, "availabilityZones", to=["eu-west-1a", "eu-west-1b", "eu-west-1a"])

    refusal = workplace.refusal(document)

    assert "spec.dedicatedVPC.availabilityZones[2]: names eu-west-1a a second time" in refusal


def test_two_vpcs_are_refused(workplace: Workplace) -> None:
    """Nothing says which of them the service is in."""
    document = changed(SAMPLE, "spec", "existingVPC", to=EXISTING_VPC["spec"]["existingVPC"])

    assert "spec.existingVPC: stands beside dedicatedVPC" in workplace.refusal(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("spec", "kmsKeyARN"), "alias/anthos"),
        (("spec", "region"), "europe-north1"),
        (("spec", "rootVolume", "iops"), "many"),
        ((*VPC, "vpcCIDRBlock"), "10.0.0.0"),
        (("spec", "version"), "1.4.1"),
        (("spec", "iam", "path"), "platform"),
        (("spec", "googleCloud", "projectID"), "Anthos"),
        (("spec", "terraform", "invokeManually"), "maybe"),
    ],
    ids=["key", "region", "iops", "range", "version", "IAM path", "project", "boolean"],
)
def test_a_wrong_value_is_refused_where_it_stands(
    workplace: Workplace, path: tuple[str, ...], value: Any
) -> None:
    """File, line, column, field and value, as for every file of this project."""
    refusal = workplace.refusal(changed(EVERYTHING, *path, to=value))

    assert refusal.startswith("anthos-gke.yaml:")
    assert f": {'.'.join(path)}: must be " in refusal
    assert f'"{value}"' in refusal


def test_a_missing_field_is_named(workplace: Workplace) -> None:
    """A section without a key cannot be made."""
    assert "spec.databaseEncryption: is missing" in workplace.refusal(
        changed(SAMPLE, "spec", "databaseEncryption")
    )


@pytest.mark.parametrize(("written", "read"), [("No", "false"), ("yes", "true"), ("true", "true")])
def test_the_boolean_is_read_as_kubernetes_reads_it(workplace: Workplace, written: str, read: str) -> None:
    """Google's own sample says `invokeManually: No`."""
    document = changed(EVERYTHING, "spec", "terraform", "invokeManually", to="WORD")
    text = workplace.folder / workplace.write(document)
    text.write_text(text.read_text("utf-8").replace("WORD", written), "utf-8")

    code, _, err = workplace.adopt(text.read_text("utf-8"))

    assert code == 0, err
    assert f"spec.terraform.invokeManually: {read}: " in err
