"""What is asked of the management service in the estate that ``test_estate`` deploys."""

from __future__ import annotations

from typing import Protocol

import yaml

from tests.deploy.inventory import state_inventory
from tests.deploy.workplace import Workplace


class Deployed(Protocol):
    """The estate, and where it was deployed from."""

    work: Workplace


def test_cluster_example_names_what_stands(estate: Deployed) -> None:
    """The example of a cluster is YAML and names the subnets and the key that were made."""
    cluster, *pools = yaml.safe_load_all(estate.work.terraform("output", "-raw", "cluster_example"))

    made = state_inventory(estate.work.state)
    assert cluster["kind"] == "AWSCluster"
    assert set(cluster["spec"]["networking"]["serviceLoadBalancerSubnetIDs"]) == made["aws_subnet"]
    assert {pool["kind"] for pool in pools} == {"AWSNodePool"}
    assert {pool["spec"]["subnetID"] for pool in pools} == set(cluster["spec"]["controlPlane"]["subnetIDs"])
