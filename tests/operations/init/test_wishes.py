"""What is told to ``hybrid init``."""

from __future__ import annotations

from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.init.wishes import StateKind
from tests.operations.init.wishing import wishes


def refusals(**changes: Any) -> list[str]:
    """What is wrong with it, in whole lines."""
    with pytest.raises(InvalidInput) as refusal:
        wishes(**changes)
    return [str(problem) for problem in refusal.value.problems]


def test_one_word_speaks_of_every_environment() -> None:
    """And a later one of its own says more."""
    found = wishes(google=["nk-host", "prod=nk-prod"], aws=["lab=123456789012,prod=-"])

    assert found.google == {"lab": "nk-host", "prod": "nk-prod"}
    assert found.aws == {"lab": "123456789012", "prod": None}
    assert found.state is StateKind.GCS


def test_clusters_on_vmware_bring_google_cloud() -> None:
    """Their host project is not known yet then."""
    assert wishes(vmware=True).google == {"lab": None, "prod": None}


def test_state_lies_in_the_cloud_that_there_is() -> None:
    """Unless it is said."""
    assert wishes(aws=["-"]).state is StateKind.S3
    assert wishes(aws=["-"], state=StateKind.LOCAL).state is StateKind.LOCAL


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """By its option, in the words of the model."""
    found = refusals(
        name="Northern-Kubernetes",
        domain="nowhere",
        environments=["lab", "Lab", "lab", "organization"],
        google=["lbb=nk-host", "X"],
        google_region="north",
        aws_region="west",
    )

    assert [line.partition(":")[0] for line in found] == [
        "--aws-region",
        "--domain",
        *["--environments"] * 3,
        *["--google"] * 2,
        "--google-region",
        "--name",
    ]
    assert 'got "Northern-Kubernetes"' in found[-1]
    assert any("a second time" in line for line in found)
    assert any("must name one of lab, Lab" in line for line in found)


def test_an_estate_is_in_some_cloud() -> None:
    """Or there is nothing to write; its state is in one of them."""
    assert "name at least one of --google, --aws and --vmware" in refusals()[0]
    assert "got gcs without Google Cloud" in refusals(aws=["-"], state=StateKind.GCS)[0]
    assert "got s3 without AWS" in refusals(google=["-"], state=StateKind.S3)[0]


@pytest.mark.parametrize("names", [[], [f"e{n}" for n in range(17)]], ids=["none", "many"])
def test_there_is_room_for_sixteen_environments(names: list[str]) -> None:
    """As many as ranges."""
    assert "must be 1 to 16 names" in refusals(environments=names, aws=["-"])[0]


def test_owners_are_as_github_writes_them() -> None:
    """It skips a line with any other word, and asks nobody."""
    assert wishes(google=["-"], owners=["@nk/platform", "kari@example.org"]).owners == (
        "@nk/platform",
        "kari@example.org",
    )
    found = refusals(google=["-"], owners=["platform", "", "#nobody", "@a @b", "@nk/platform"])

    assert [line.rpartition(", got ")[2] for line in found] == ['""', '"#nobody"', '"@a @b"', '"platform"']
    assert found[0].startswith("--owners: must be @user, @organization/team or an address of mail")
