"""What is worth saying aloud, in the order of what leaving it unread costs."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.reading.yaml_source import read
from tests.example import ENVIRONMENTS
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import warnings

TEST: dict[str, Any] = read(ENVIRONMENTS / "test.yaml", "test").data


def test_the_weightiest_come_first() -> None:
    """The summary says two of each environment, and the order of the cards put a bill before an open door."""
    open_door = changed(
        TEST,
        state={"local": {}},
        aws__management_vpc__nat_gateways="single",
        aws__eks_clusters__aws__endpoint__public_from=["198.51.100.0/24"],
        aws__eks_clusters__aws__attach__managed_prometheus=True,
    )

    said = warnings(Environment.model_validate(open_door))

    expected = (
        "EKS cluster aws has its API on the internet",
        "its state lies on this machine only",
        "a single NAT gateway serves all zones",
        "vpn.transit goes by advertisements: ",
        "nothing backs up apps, cloud, aws: ",
        "EKS cluster aws sends metrics to Managed Service",
    )
    assert len(said) == len(expected)
    assert [text for text, start in zip(said, expected, strict=True) if not text.startswith(start)] == []


def test_the_way_back_of_a_provider_is_told_of() -> None:
    """It is a way back from what did harm, and no place to stay."""
    said = warnings(Environment.model_validate(changed(TEST, google__provider_version="6.50.0")))

    assert [text for text in said if "provider" in text] == [
        "Google's provider stays at 6.50.0, with 4 known defects that 7.45.0 mends; take google.provider_version out "
        "once nothing speaks against it"
    ]
    assert not any("provider" in text for text in warnings(Environment.model_validate(TEST)))
