"""VPNs planned by real Terraform with the real providers, against a state that was made up.

No plan shows a key, neither the old one nor the new, neither as text nor as JSON: `VpnStack.plan` looks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.plan import Plan
from tests.deploy.test_vpn_keys import A1, FIELDS, GOOD, A
from tests.deploy.toolchain import Toolchain
from tests.deploy.vpn_stack import VpnStack, made_up_state
from tests.stacks.test_environment_stack import synthesize

NEW = "nNqQ8Zr5Tn2Xb7Wc4Mj1wqYt6"
PATH = ("google_compute_vpn_tunnel", "google_compute_router_interface", "google_compute_router_peer")
VPN_TYPES = ("google_compute_", "aws_vpn_", "aws_customer_", "aws_ec2_transit_")


@pytest.fixture(scope="module", name="standing")
def standing_stack(
    google_tools: Toolchain, tools: Toolchain, tmp_path_factory: pytest.TempPathFactory
) -> VpnStack:
    """A stack whose state says that all of it stands."""
    folder: Path = tmp_path_factory.mktemp("vpn")
    # Unprotected, because what the made-up state has not of other resources may replace them.
    found = synthesize(folder / "out", **FIELDS, deletion_protection=False).json
    stack = VpnStack(folder, tools.binary, GOOD, (tools, google_tools))
    stack.write(found)
    told = stack.terraform("init", "-input=false")
    assert told.returncode == 0, told.stderr
    stack.write_state(made_up_state(found, stack.plan()))
    return stack


def changes(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What happens to anything of the VPNs; the made-up state does not know what is secret, which is no change."""
    return {
        address: action
        for address, action in plan.actions.items()
        if address.startswith(VPN_TYPES) and plan.changed_attributes(address)
    }


def test_what_stands_is_left_alone(standing: VpnStack) -> None:
    """Or the made-up state proves nothing."""
    assert changes(standing.plan()) == {}


def replaced(vpn: str, tunnel: str) -> set[tuple[str, tuple[str, ...]]]:
    """What goes and comes with one tunnel."""
    roles = dict(zip(PATH, ("", "_Interface", "_Peer"), strict=True))
    return {
        (f"{type_}.Vpn_{vpn}_Tunnels_{tunnel}{role}", ("delete", "create")) for type_, role in roles.items()
    }


def unhashed(found: dict[str, tuple[str, ...]]) -> set[tuple[str, tuple[str, ...]]]:
    """Addresses without what cdktf puts behind them, each with what happens to it."""
    return {(address.rsplit("_", 1)[0], action) for address, action in found.items()}


def test_another_key_replaces_its_tunnel_with_what_names_it(standing: VpnStack) -> None:
    """Interface and BGP session go before it and come after it, and the other tunnel carries the traffic meanwhile."""
    found = changes(standing.plan(**{A: NEW}))

    assert unhashed(found) == replaced("Onprem", "a")


def test_another_key_to_aws_changes_one_tunnel_on_either_side(standing: VpnStack) -> None:
    """In place on the connection, whose other tunnel keeps its key."""
    plan = standing.plan("-json", **{A1: NEW})

    found = changes(plan)
    assert unhashed(found) == {
        ("aws_vpn_connection.Vpn_Connections_a", ("update",)),
        *replaced("Aws", "a-tunnel1"),
    }
    [connection] = [address for address in found if address.startswith("aws_vpn_connection")]
    assert plan.changed_attributes(connection) == {"tunnel1_preshared_key"}
