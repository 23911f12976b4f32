"""VPNs, bastions and endpoints for names, as others made them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.operations.adopt.terraform.recognizers.aws.drafts import arn, left, network, of, table
from tests.operations.adopt.terraform.states import resource

CONNECTIONS: dict[str, Any] = {
    "zero": {
        "interface": 0,
        "tunnel1": {"link_local": "169.254.1.0/30"},
        "tunnel2": {"link_local": "169.254.1.4/30"},
    },
    "one": {"interface": 1, "tunnel1": {"link_local": "169.254.1.8/30"}, "tunnel2": {}},
}


def connection(name: str, first: str, **more: Any) -> dict[str, Any]:
    """A connection with its first tunnel's range."""
    said = {"customer_gateway_id": f"cgw-{name}", "transit_gateway_id": "tgw-1", "tunnel1_inside_cidr": first}
    return {"id": f"vpn-{name}", "tunnel1_preshared_key": "hidden-for-sure", **said, **more}


def customer(name: str) -> dict[str, Any]:
    """Its customer gateway."""
    return {"id": f"cgw-{name}", "bgp_asn": "64524", "ip_address": "198.51.100.1", "type": "ipsec.1"}


def bastion(**more: Any) -> dict[str, Any]:
    """A bastion in a public subnet."""
    return {
        "id": "i-1",
        "subnet_id": "subnet-public-b",
        "vpc_security_group_ids": ["sg-1"],
        "instance_type": "t3.small",
        **more,
    }


def group(name: str, **more: Any) -> dict[str, Any]:
    """A security group."""
    return {"id": "sg-1", "name": name, "vpc_id": "vpc-1", **more}


def test_a_vpn_to_google_cloud_with_a_network_on_it(tmp_path: Path) -> None:
    """The ends are told by the tunnels' ranges; what else is on the transit gateway stays."""
    attachment = {"transit_gateway_id": "tgw-1"}
    draft = of(
        tmp_path,
        *network(),
        resource("aws_ec2_transit_gateway.hub", {"id": "tgw-1", "amazon_side_asn": "64534"}),
        resource("aws_ec2_transit_gateway.other", {"id": "tgw-2", "amazon_side_asn": 64535}),
        resource(
            "aws_ec2_transit_gateway_vpc_attachment.ours", {**attachment, "id": "a-1", "vpc_id": "vpc-1"}
        ),
        resource("aws_ec2_transit_gateway_vpc_attachment.spoke", {**attachment, "id": "a-2", "vpc_id": ""}),
        resource("aws_ec2_transit_gateway_vpc_attachment.far", {"id": "a-3", "transit_gateway_id": "tgw-2"}),
        resource(
            "aws_ec2_transit_gateway_route_table.hub", {"id": "tgw-rtb-1", "transit_gateway_id": "tgw-1"}
        ),
        resource("aws_vpn_connection.a", connection("a", "169.254.1.0/30")),
        resource("aws_vpn_connection.b", connection("b", "", tunnel2_inside_cidr="169.254.1.8/30")),
        resource("aws_vpn_connection.office", connection("office", "169.254.9.0/30")),
        resource("aws_vpn_connection.old", connection("old", "169.254.1.4/30", transit_gateway_id="")),
        *(resource(f"aws_customer_gateway.{name}", customer(name)) for name in ("a", "b", "office", "old")),
        resource(
            "aws_route.google",
            {
                "id": "r1",
                "route_table_id": "rtb-private",
                "destination_cidr_block": "10.1.0.0/16",
                "transit_gateway_id": "tgw-1",
            },
        ),
        resource(
            "aws_route.peer",
            {"id": "r2", "route_table_id": "rtb-private", "destination_cidr_block": "10.2.0.0/16"},
        ),
        vpn=CONNECTIONS,
    )

    assert draft.at("vpn", "aws", "transit_gateway_asn") == 64534
    assert "log_retention_days" not in draft.at("vpn", "aws")
    assert [one.address for one in draft.origins["vpn", "aws", "connections", "one"]] == [
        "aws_vpn_connection.b",
        "aws_customer_gateway.b",
    ]
    assert [one.address for one in draft.origins["vpn", "aws"]] == [
        "aws_ec2_transit_gateway.hub",
        "aws_ec2_transit_gateway_vpc_attachment.ours",
        "aws_route.google",
    ]
    elsewhere = (
        "VPNs of AWS lead to Google Cloud here, and the states have no end there with tunnels of these ranges"
    )
    private = "hangs on a virtual private gateway, and here on a transit gateway"
    assert left(draft) == {
        "aws_vpn_connection.office": elsewhere,
        "aws_customer_gateway.office": elsewhere,
        "aws_vpn_connection.old": private,
        "aws_customer_gateway.old": private,
        "aws_ec2_transit_gateway_vpc_attachment.spoke": "another VPC is on the transit gateway here, and an environment has one",
        "aws_ec2_transit_gateway.other": "no connection to Google Cloud hangs on it",
        "aws_ec2_transit_gateway_vpc_attachment.far": "is on no transit gateway that leads to Google Cloud",
        "aws_ec2_transit_gateway_route_table.hub": "everything on a transit gateway here reaches everything, by its default "
        "table",
        "aws_route.peer": "routes here follow from what the file says: to the internet, and to what the VPNs lead to",
    }
    assert "hidden-for-sure" not in str(vars(draft))


def test_logs_of_tunnels_are_those_that_are_called_as_here(tmp_path: Path) -> None:
    """Kept as long as they are; for ever is listed."""
    name = "/aws/vendedlogs/kl-prod-vpn-google-logs"
    kept, ever = tmp_path / "kept", tmp_path / "ever"
    kept.mkdir()
    ever.mkdir()
    log: dict[str, Any] = {"id": name, "name": name, "arn": arn("logs", f"log-group:{name}")}

    one = of(
        kept, resource("aws_cloudwatch_log_group.vpn", {**log, "retention_in_days": 30}), vpn=CONNECTIONS
    )
    other = of(ever, resource("aws_cloudwatch_log_group.vpn", log), vpn=CONNECTIONS)

    assert one.at("vpn", "aws", "log_retention_days") == 30
    assert list(left(other)) == ["aws_cloudwatch_log_group.vpn.retention_in_days"]


def test_a_bastion_of_another_name_stays(tmp_path: Path) -> None:
    """Its group's name cannot be changed, and it would be made anew; nor is it one that stands in another group."""
    draft = of(
        tmp_path,
        *network(),
        resource("aws_instance.jump", bastion()),
        resource("aws_security_group.jump", group("jump-host")),
        resource("aws_security_group.empty", group("kl-prod-bastion", id="sg-2")),
        resource("aws_eip.jump", {"id": "eipalloc-9", "instance": "i-1"}),
        resource("aws_key_pair.jump", {"id": "jump", "key_name": "jump"}),
    )

    assert draft.at("aws", "bastion") is None
    assert left(draft) == {
        "aws_instance.jump": "is no bastion that is called as here, and machines of one's own have no place",
        "aws_security_group.jump": "security groups here belong to what stands in them",
        "aws_security_group.empty": "security groups here belong to what stands in them",
        "aws_eip.jump": "is the address of no NAT gateway and of no bastion of the file",
        "aws_key_pair.jump": "is of no bastion of the file",
    }


def test_a_bastion_says_what_differs(tmp_path: Path) -> None:
    """Zone, size and disk, the ranges that may connect, and the key that lets them in; nothing that is usual."""
    ssh = {"from_port": 22, "to_port": 22, "protocol": "tcp"}
    draft = of(
        tmp_path,
        *network(),
        resource(
            "aws_instance.jump",
            bastion(key_name="kl-prod-bastion-1", root_block_device=[{"volume_size": 20}]),
        ),
        resource(
            "aws_security_group.jump",
            group(
                "kl-prod-bastion",
                ingress=[{**ssh, "cidr_blocks": ["198.51.100.0/24"]}, {**ssh, "security_groups": ["sg-9"]}],
            ),
        ),
        resource("aws_eip.jump", {"id": "eipalloc-9"}),
        resource(
            "aws_eip_association.jump", {"id": "e", "allocation_id": "eipalloc-9", "instance_id": "i-1"}
        ),
        resource(
            "aws_key_pair.jump",
            {"id": "k", "key_name": "kl-prod-bastion-1", "public_key": "ssh-ed25519 AAAA jump"},
        ),
        resource(
            "aws_key_pair.other", {"id": "o", "key_name": "other", "public_key": "ssh-ed25519 BBBB other"}
        ),
    )

    assert draft.at("aws", "bastion") == {
        "allowed_ssh_cidrs": ["198.51.100.0/24"],
        "public_key": "ssh-ed25519 AAAA jump",
        "zone": "eu-west-1b",
        "instance_type": "t3.small",
        "root_volume_gib": 20,
    }
    assert sorted({one.type for one in draft.origins["aws", "bastion"]}) == [
        "aws_eip",
        "aws_eip_association",
        "aws_instance",
        "aws_security_group",
    ]


def test_endpoints_for_names_that_are_called_otherwise_stay(tmp_path: Path) -> None:
    """With the rules that hang on them; a rule that keeps a domain with AWS is taken by its name."""
    endpoint = {"id": "rslvr-1", "direction": "INBOUND", "security_group_ids": ["sg-1"]}
    rule = {"id": "rule-1", "name": "corp", "rule_type": "FORWARD", "resolver_endpoint_id": "rslvr-1"}
    draft = of(
        tmp_path,
        resource("aws_route53_resolver_endpoint.in", {**endpoint, "name": "names"}),
        resource("aws_security_group.in", group("kl-prod-resolver-inbound")),
        resource("aws_route53_resolver_rule.corp", rule),
        resource(
            "aws_route53_resolver_rule.kept",
            {"id": "rule-2", "name": "kl-prod-dns-aws-aws", "rule_type": "SYSTEM"},
        ),
        resource(
            "aws_route53_resolver_rule_association.kept",
            {"id": "a", "resolver_rule_id": "rule-2", "vpc_id": "vpc-1"},
        ),
    )

    assert [one.address for one in draft.origins["dns",]] == [
        "aws_route53_resolver_rule.kept",
        "aws_route53_resolver_rule_association.kept",
    ]
    assert left(draft) == {
        "aws_route53_resolver_endpoint.in": "its security group's name cannot be changed, and those here are called by the "
        "environment",
        "aws_route53_resolver_rule.corp": "hangs on an endpoint that is not of the file",
        "aws_security_group.in": "security groups here belong to what stands in them",
    }


def test_tables_that_lead_nowhere(tmp_path: Path) -> None:
    """And what nobody knows is left to whoever pairs objects, who says that it is not recognized."""
    draft = of(
        tmp_path,
        resource("aws_route_table.odd", table("odd")),
        resource("aws_sqs_queue.jobs", {"id": "jobs", "arn": arn("sqs", "jobs")}),
    )

    assert left(draft) == {"aws_route_table.odd": "leads no subnet of the file anywhere"}
