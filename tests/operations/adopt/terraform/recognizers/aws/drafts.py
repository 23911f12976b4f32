"""Drafts of what states hold of AWS, and states of other layouts in the words of whoever made them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.order import AWS
from operations.adopt.terraform.recognizers.aws.judged import leave_what_is_refused
from tests.operations.adopt.terraform.states import found_in, resource, state

ACCOUNT: Final = "345678901234"
REGION: Final = "eu-west-1"
ISSUER: Final = f"oidc.eks.{REGION}.amazonaws.com/id/0123456789ABCDEF"
CLUSTER: Final = "shop"
"""What the others call their cluster."""

Attributes = dict[str, Any]


def drafted(
    folder: Path,
    *states: Mapping[str, Any],
    environment: str = "prod",
    vpn: Mapping[str, Any] | None = None,
    judged: bool = False,
) -> Draft:
    """What the recognizers of AWS make of states.

    Args:
        folder: where the states are written.
        states: the states.
        environment: the environment that takes them in.
        vpn: what has been said of the VPN to AWS before, from Google's end.
        judged: whether what the rules refuse is taken out again; states in tests say little of a cluster.
    """
    draft = Draft(environment, "kl")
    if vpn:
        draft.put(("vpn", "aws"), {"connections": vpn})
    found = found_in(folder, *states)
    for one in AWS:
        if judged or one.run is not leave_what_is_refused:
            one.run(found, draft)
    return draft


def of(folder: Path, *resources: Mapping[str, Any], **options: Any) -> Draft:
    """What they make of a state with these resources."""
    return drafted(folder, state(*resources), **options)


def left(draft: Draft) -> dict[str, str]:
    """Why something has no place, by its address and attribute; of several reasons the last."""
    return {
        f"{one.origin.address}{'.' if one.attribute else ''}{one.attribute}": one.why for one in draft.left
    }


def arn(service: str, what: str, *, account: str = ACCOUNT, region: str = REGION) -> str:
    """An ARN."""
    return f"arn:aws:{service}:{region}:{account}:{what}"


def role_arn(name: str) -> str:
    """ARN of a role."""
    return arn("iam", f"role/{name}", region="")


def vpc(id_: str = "vpc-1", cidr: str = "10.9.0.0/16", **more: Any) -> Attributes:
    """A VPC."""
    return {
        "id": id_,
        "arn": arn("ec2", f"vpc/{id_}"),
        "cidr_block": cidr,
        "main_route_table_id": f"rtb-main-{id_}",
        "default_security_group_id": f"sg-default-{id_}",
        **more,
    }


def subnet(name: str, zone: str, cidr: str, vpc_id: str = "vpc-1") -> Attributes:
    """A subnet, whose id is made of its name."""
    return {
        "id": f"subnet-{name}",
        "arn": arn("ec2", f"subnet/subnet-{name}"),
        "vpc_id": vpc_id,
        "availability_zone": f"{REGION}{zone}",
        "cidr_block": cidr,
    }


def table(name: str, gateway: str = "", *, nat: str = "") -> Attributes:
    """A route table with its default route inside, as many layouts have it; none where there is no gateway."""
    route = {"cidr_block": "0.0.0.0/0", "gateway_id": gateway, "nat_gateway_id": nat}
    return {"id": f"rtb-{name}", "vpc_id": "vpc-1", "route": [route] if gateway or nat else []}


def joined(subnet_name: str, table_name: str) -> Attributes:
    """A subnet with its route table."""
    return {
        "id": f"rtbassoc-{subnet_name}",
        "subnet_id": f"subnet-{subnet_name}",
        "route_table_id": f"rtb-{table_name}",
    }


def network(*more: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A VPC as a well-known module makes it: two zones, one NAT gateway in the first, public and private subnets by count."""
    module = "module.network"
    return [
        resource("aws_vpc.this", vpc(), module=module, keys=(0,)),
        resource("aws_internet_gateway.this", {"id": "igw-1", "vpc_id": "vpc-1"}, module=module, keys=(0,)),
        resource(
            "aws_subnet.public",
            subnet("public-a", "a", "10.9.0.0/24"),
            subnet("public-b", "b", "10.9.1.0/24"),
            module=module,
            keys=(0, 1),
        ),
        resource(
            "aws_subnet.private",
            subnet("private-a", "a", "10.9.16.0/20"),
            subnet("private-b", "b", "10.9.32.0/20"),
            module=module,
            keys=(0, 1),
        ),
        resource("aws_route_table.public", table("public", "igw-1"), module=module, keys=(0,)),
        resource("aws_route_table.private", table("private"), module=module, keys=(0,)),
        resource(
            "aws_route.private_nat",
            {
                "id": "r-rtb-private",
                "route_table_id": "rtb-private",
                "destination_cidr_block": "0.0.0.0/0",
                "nat_gateway_id": "nat-a",
            },
            module=module,
            keys=(0,),
        ),
        resource(
            "aws_route_table_association.public",
            joined("public-a", "public"),
            joined("public-b", "public"),
            module=module,
            keys=(0, 1),
        ),
        resource(
            "aws_route_table_association.private",
            joined("private-a", "private"),
            joined("private-b", "private"),
            module=module,
            keys=(0, 1),
        ),
        resource("aws_eip.nat", {"id": "eipalloc-a", "public_ip": "192.0.2.1"}, module=module, keys=(0,)),
        resource(
            "aws_nat_gateway.this",
            {"id": "nat-a", "subnet_id": "subnet-public-a", "allocation_id": "eipalloc-a"},
            module=module,
            keys=(0,),
        ),
        *more,
    ]


ZONES: Final = {
    "eu-west-1a": {"private": "10.9.16.0/20", "public": "10.9.0.0/24"},
    "eu-west-1b": {"private": "10.9.32.0/20", "public": "10.9.1.0/24"},
}
"""The zones of that network as the file says them."""
