"""VPC and bastion of a document, in both forms that each of them has."""

from __future__ import annotations

import pytest
import yaml

from tests.operations.adopt.management_service.documents import (
    EXISTING_VPC,
    SAMPLE,
    VPC_IDS,
    Workplace,
    changed,
)


@pytest.mark.parametrize(
    ("old", "new", "ranges", "note"),
    [
        (["198.51.100.0/24"], None, ["198.51.100.0/24"], False),
        (None, ["203.0.113.0/24"], ["203.0.113.0/24"], False),
        (["198.51.100.0/24"], ["198.51.100.0/24"], ["198.51.100.0/24"], False),
        (["198.51.100.0/24"], ["203.0.113.0/24"], ["198.51.100.0/24", "203.0.113.0/24"], True),
    ],
    ids=["1.4", "later", "the same in both", "different"],
)
def test_ranges_of_the_bastion_come_from_both_places(
    workplace: Workplace, old: list[str] | None, new: list[str] | None, ranges: list[str], *, note: bool
) -> None:
    """Versions differ in where they stand; when both have them, all come in, and a difference is said."""
    document = changed(SAMPLE, "spec", "dedicatedVPC", "bastionAllowedSSHCIDRBlocks", to=old)
    document = changed(document, "spec", "bastionHost", to={"allowedSSHCIDRBlocks": new} if new else {})

    _, out, err = workplace.adopt(document)

    assert yaml.safe_load(out)["aws"]["bastion"]["allowed_ssh_cidrs"] == ranges
    assert ("which differ" in err) is note


def test_a_bastion_without_ranges_is_reached_by_session_manager(workplace: Workplace) -> None:
    """No range may be invented, and the bastion is not dropped."""
    document = changed(SAMPLE, "spec", "dedicatedVPC", "bastionAllowedSSHCIDRBlocks")
    document = changed(document, "spec", "bastionHost", to={"rootVolume": {"sizeGiB": 30}})

    _, out, err = workplace.adopt(document)

    assert yaml.safe_load(out)["aws"]["bastion"] == {"access": "session_manager", "root_volume_gib": 30}
    assert "note: spec.bastionHost names no range" in err


def test_a_document_without_a_bastion_makes_none(workplace: Workplace) -> None:
    """Nobody asked for one."""
    document = changed(SAMPLE, "spec", "dedicatedVPC", "bastionAllowedSSHCIDRBlocks")

    assert "bastion" not in workplace.section(document)


def test_an_existing_vpc_comes_from_its_own_file(workplace: Workplace) -> None:
    """The document names one subnet of it, in whose zone the service then stands."""
    section = workplace.section(EXISTING_VPC, "--existing-vpc", workplace.write(VPC_IDS, "vpc.yaml"))

    assert section["management_vpc"] == {"existing": VPC_IDS}
    assert section["management_service"]["zone"] == "eu-west-1b"
    assert "bastion" not in section


def test_the_ids_of_an_existing_vpc_are_asked_for(workplace: Workplace) -> None:
    """The document names too little of it, so the command says what it needs."""
    assert "--existing-vpc: is needed, the document has no dedicatedVPC" in workplace.refusal(EXISTING_VPC)


def test_a_dedicated_vpc_leaves_no_room_for_another(workplace: Workplace) -> None:
    """The option would contradict the document."""
    refusal = workplace.refusal(SAMPLE, "--existing-vpc", workplace.write(VPC_IDS, "vpc.yaml"))

    assert "--existing-vpc: must be left out" in refusal


def test_wrong_ids_of_an_existing_vpc_are_refused_in_their_file(workplace: Workplace) -> None:
    """The file is checked like every other."""
    file = workplace.write({**VPC_IDS, "vpc_id": "the-vpc"}, "vpc.yaml")

    refusal = workplace.refusal(EXISTING_VPC, "--existing-vpc", file)

    assert "vpc.yaml:1:9: vpc_id: must " in refusal
