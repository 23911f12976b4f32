"""What the card of the management service says where no EKS cluster is beside it."""

from __future__ import annotations

from estate.reading.estate_loader import load_estate
from operations.cards.contents import contents
from operations.check.prerequisites import prerequisites
from tests.example import ENVIRONMENTS


def test_a_service_alone_asks_for_no_tags() -> None:
    """They are for the load balancers of EKS clusters."""
    estate = load_estate(ENVIRONMENTS)

    rows = {row.path: row.summary for row in contents(estate, "sandbox")}
    commands = [command for _, found in prerequisites(estate, "sandbox") for command in found]

    assert rows["aws.management_service"] == "aws-1.4.1-gke.15"
    assert [command for command in commands if "create-tags" in command] == []
