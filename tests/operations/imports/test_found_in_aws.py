"""The commands that find what can be made twice, asked of an emulated AWS that has it.

The AWS command line itself is not run: options become the same call, and the query is evaluated as it does that.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import jmespath  # type: ignore[import-untyped]  # jmespath publishes no types
import pytest
from botocore.session import get_session
from moto import mock_aws

from operations.artifacts.stack_json import StackJson
from operations.imports.import_ids import IdUnknown, ImportIds, known_types

REGION = "eu-west-1"
SESSION: Any = get_session()
MINE, OTHER = "kl-dev-mine", "kl-dev-other"
IMAGE = "ami-12c6146b"
REQUESTS = itertools.count()
"""Each create is a request of its own, as the provider has it."""
TWICE = sorted(type_ for type_, row in known_types().items() if row.get("twice"))

pytestmark = pytest.mark.unmeasured


@functools.cache
def client(service: str) -> Any:
    """A client of one service."""
    nobody = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"), "none")
    return SESSION.create_client(service, REGION, **nobody)


def ask(words: Sequence[str]) -> str:
    """What `aws SERVICE OPERATION --option VALUE...` prints with `--output text`."""
    program, service, operation, *rest = words
    options: dict[str, list[str]] = {}
    for word in rest:
        if word.startswith("--"):
            options[word] = values = []
        else:
            values.append(word)
    assert (program, options.pop("--region"), options.pop("--output")) == ("aws", [REGION], ["text"])
    [query] = options.pop("--query")
    arguments = {
        "".join(part.title() for part in option.strip("-").split("-")): list(map(_argument, given))
        for option, given in options.items()
    }
    answer = getattr(client(service), operation.replace("-", "_"))(**arguments)
    return "\t".join(jmespath.search(query, answer) or ["None"])


def _argument(value: str) -> str | dict[str, Any]:
    """`Name=state,Values=a,b` and `Key=k,Values=v` are structures; all else is text."""
    if "=" not in value:
        return value
    (key, name), (values, several) = (part.split("=", 1) for part in value.split(",", 1))
    return {key: name, values: several.split(",")}


def make(name: str) -> dict[str, str]:
    """Make one of each, as the stacks name them, and return their ids by type."""
    ec2, resolver, kms = client("ec2"), client("route53resolver"), client("kms")

    def tags(kind: str) -> dict[str, Any]:
        return {"TagSpecifications": [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]}

    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", **tags("vpc"))["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["SubnetId"]
        for number in (0, 1)
    ]
    group = ec2.create_security_group(GroupName=name, Description="none", VpcId=vpc)["GroupId"]
    gateway = ec2.create_transit_gateway(**tags("transit-gateway"))["TransitGateway"]["TransitGatewayId"]
    customer = ec2.create_customer_gateway(BgpAsn=65010, PublicIp="203.0.113.10", Type="ipsec.1")
    machine = ec2.run_instances(
        ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=subnets[0], **tags("instance")
    )
    endpoint = resolver.create_resolver_endpoint(
        CreatorRequestId=f"terraform-{next(REQUESTS)}",
        Name=name,
        SecurityGroupIds=[group],
        Direction="OUTBOUND",
        IpAddresses=[{"SubnetId": subnet} for subnet in subnets],
    )["ResolverEndpoint"]["Id"]
    rule = resolver.create_resolver_rule(
        CreatorRequestId=f"terraform-{next(REQUESTS)}",
        Name=name,
        RuleType="FORWARD",
        DomainName=f"{name}.example.com",
        TargetIps=[{"Ip": "10.30.0.53", "Port": 53}],
        ResolverEndpointId=endpoint,
    )
    connection = ec2.create_vpn_connection(
        CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"],
        Type="ipsec.1",
        TransitGatewayId=gateway,
        **tags("vpn-connection"),
    )
    volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1, **tags("volume"))
    key = kms.create_key(Tags=[{"TagKey": "Name", "TagValue": name}])
    internet = ec2.create_internet_gateway(**tags("internet-gateway"))["InternetGateway"]
    return {
        "aws_ebs_volume": volume["VolumeId"],
        "aws_ec2_transit_gateway": gateway,
        "aws_eip": ec2.allocate_address(Domain="vpc", **tags("elastic-ip"))["AllocationId"],
        "aws_instance": machine["Instances"][0]["InstanceId"],
        "aws_internet_gateway": internet["InternetGatewayId"],
        "aws_kms_key": key["KeyMetadata"]["KeyId"],
        "aws_route53_resolver_endpoint": endpoint,
        "aws_route53_resolver_rule": rule["ResolverRule"]["Id"],
        "aws_route_table": ec2.create_route_table(VpcId=vpc, **tags("route-table"))["RouteTable"][
            "RouteTableId"
        ],
        "aws_vpc": vpc,
        "aws_vpn_connection": connection["VpnConnection"]["VpnConnectionId"],
    }


@pytest.fixture(scope="module", autouse=True)
def emulated() -> Iterator[None]:
    """An AWS that knows nothing of anybody else's."""
    with mock_aws():
        yield


def test_each_is_found_by_its_name_and_two_of_a_name_are_told() -> None:
    """The one that an apply lost, among others; and never one of two."""
    stack: StackJson = {
        "provider": {"aws": [{"region": REGION}]},
        "resource": {type_: {"R": {"name": MINE, "tags": {"Name": MINE}}} for type_ in TWICE},
    }
    absent = {type_: _absent(stack, type_) for type_ in TWICE}
    make(OTHER)
    mine = make(MINE)

    assert absent == dict.fromkeys(TWICE, True)
    assert {type_: ImportIds(stack, ask).of(f"{type_}.R") for type_ in TWICE} == mine
    again = make(MINE)
    for type_ in TWICE:
        with pytest.raises(IdUnknown, match="several are there") as refused:
            ImportIds(stack, ask).of(f"{type_}.R")
        assert all(one[type_] in str(refused.value) for one in (mine, again))


def _absent(stack: StackJson, type_: str) -> bool:
    with pytest.raises(IdUnknown) as refused:
        ImportIds(stack, ask).of(f"{type_}.R")
    return refused.value.is_absent
