"""AWS's end of the VPN to Google Cloud: the transit gateway, the VPC on it, customer gateways and connections.

The connections' keys in the file, their interfaces and link-local ranges are said by whoever recognizes Google's end; a
connection is the one whose tunnels have these ranges. Pre-shared keys are secrets and stand in no state that is read here.
Left: VPNs to anywhere else, what else is on a transit gateway, and route tables of its own.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Any, Final

from estate.model.vpn.aws import TUNNELS
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import VPC, VPN, free, is_ours, number
from operations.adopt.terraform.recognizers.aws.vpc_parts import put_retention

_ATTACHMENT: Final = "aws_ec2_transit_gateway_vpc_attachment"
_GOOGLE: Final = (
    "VPNs of AWS lead to Google Cloud here, and the states have no end there with tunnels of these ranges"
)


def recognize_vpn(found: Found, draft: Draft) -> None:
    """Take the connections to Google Cloud, and the transit gateway that they hang on."""
    gateways: set[str] = set()
    for connection in free(found, draft, "aws_vpn_connection"):
        key = _key(draft, connection)
        customers = [
            one
            for one in free(found, draft, "aws_customer_gateway")
            if one.text("id") == connection.text("customer_gateway_id")
        ]
        if key is None or not connection.text("transit_gateway_id"):
            why = (
                _GOOGLE
                if key is None
                else "hangs on a virtual private gateway, and here on a transit gateway"
            )
            for one in (connection, *customers):
                draft.leave(one, "", why, "leave it with the Terraform that made it")
            continue
        draft.takes((*VPN, "connections", key), connection, *customers)
        gateways.add(connection.text("transit_gateway_id"))
    for gateway in free(found, draft, "aws_ec2_transit_gateway"):
        if gateway.text("id") in gateways:
            _take_gateway(found, draft, gateway)
    _logs(found, draft)


def _key(draft: Draft, connection: FoundObject) -> str | None:
    """The connection of the file whose tunnels have the same ranges."""
    mine = {IPv4Network(cidr) for name in TUNNELS if (cidr := connection.text(f"{name}_inside_cidr"))}
    for key, said in (draft.at(*VPN, "connections") or {}).items():
        theirs = {IPv4Network(link) for name in TUNNELS if (link := said.get(name, {}).get("link_local"))}
        if mine and mine & theirs:
            return str(key)
    return None


def _take_gateway(found: Found, draft: Draft, gateway: FoundObject) -> None:
    draft.put((*VPN, "transit_gateway_asn"), number(gateway, "amazon_side_asn"), gateway)
    draft.takes(VPN, gateway)
    vpcs = {one.text("id") for one in draft.origins.get(VPC, ()) if one.type == "aws_vpc"}
    for one in free(found, draft, _ATTACHMENT):
        if one.text("transit_gateway_id") != gateway.text("id"):
            continue
        if one.text("vpc_id") in vpcs:
            draft.takes(VPN, one)
        else:
            draft.leave(
                one,
                "",
                "another VPC is on the transit gateway here, and an environment has one",
                "leave it with the Terraform that made it, which goes on naming the gateway by its id",
            )
    tables = {
        one.text("id")
        for path, several in draft.origins.items()
        if path[:2] == VPC
        for one in several
        if one.type == "aws_route_table"
    }
    draft.takes(
        VPN,
        *(
            one
            for one in free(found, draft, "aws_route")
            if one.text("transit_gateway_id") == gateway.text("id") and one.text("route_table_id") in tables
        ),
    )


def _logs(found: Found, draft: Draft) -> None:
    """Put how long the tunnels' log is kept, where its group is called as here."""
    for group in free(found, draft, "aws_cloudwatch_log_group"):
        if is_ours(draft, group.text("name").removeprefix("/aws/vendedlogs/"), "vpn-google", "logs"):
            draft.put((*VPN, "log_retention_days"), _days(group), group)
            if draft.at(*VPN, "log_retention_days") is None:
                put_retention(draft, (*VPN, "log_retention_days"), group)


def _days(group: FoundObject) -> Any:
    return number(group, "retention_in_days") or None
