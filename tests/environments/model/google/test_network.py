"""The host project's network: its ranges, and what it needs."""

from __future__ import annotations

from environments.model.environment import Environment
from environments.model.google.google import GoogleConfig
from environments.model.google.services import owned_services
from tests.environments.model.refusals import refusals
from tests.environments.model.vmware.documents import changed
from tests.environments.model.vpn.documents import ENVIRONMENT, GOOGLE


def test_every_range_of_a_subnet_is_routed_to() -> None:
    """Nodes, pods and services, as far as there are any."""
    one = changed(GOOGLE, network__subnets__plain={"cidr": "10.65.0.0/24"})

    found = GoogleConfig.model_validate(one).routable_ranges()

    assert {".".join(map(str, path)): str(cidr) for path, cidr in found} == {
        "network.subnets.gke.cidr": "10.64.0.0/20",
        "network.subnets.gke.pods": "10.68.0.0/16",
        "network.subnets.gke.services": "10.72.0.0/20",
        "network.subnets.plain.cidr": "10.65.0.0/24",
    }


def test_no_range_of_a_network_overlaps_another() -> None:
    """Nor one of AWS."""
    document = changed(ENVIRONMENT, google__network__subnets__gke__pods="10.0.0.0/16")

    assert list(refusals(Environment, document)) == ["aws.management_vpc.cidr"]


def test_a_network_needs_its_api() -> None:
    """Which is switched on for it."""
    with_network = Environment.model_validate(ENVIRONMENT)
    without = Environment.model_validate(changed(ENVIRONMENT, google__network=None, vpn=None))

    assert (owned_services(with_network), owned_services(without)) == (("compute.googleapis.com",), ())
