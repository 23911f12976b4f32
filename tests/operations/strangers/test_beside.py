"""Lists that other objects fill, and what none of these made."""

from __future__ import annotations

from typing import Any

import pytest

from operations.strangers.beside import Beside

Json = dict[str, Any]

_OURS: Json = {
    "cidr_block": "0.0.0.0/0",
    "ipv6_cidr_block": "",
    "gateway_id": "",
    "nat_gateway_id": "nat-1",
}
_THEIRS: Json = {**_OURS, "cidr_block": "10.9.0.0/16", "nat_gateway_id": "", "network_interface_id": "eni-9"}


def _left(type_: str, attribute: str, before: Json, after: Any, *objects: tuple[str, Json]) -> Any:
    beside = Beside()
    for kind, values in objects:
        beside.see(kind, values)
    return beside.left(type_, attribute, before, after)


def _route(**more: Any) -> tuple[str, Json]:
    values = {"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1"}
    return "aws_route", {**values, **more}


@pytest.mark.parametrize(
    ("route", "strange"),
    [
        pytest.param(_route(), False, id="made by the code"),
        pytest.param(_route(route_table_id="rtb-2"), True, id="of another table"),
        pytest.param(_route(nat_gateway_id="nat-2"), True, id="to another place"),
        pytest.param(_route(destination_cidr_block="10.0.0.0/8"), True, id="from elsewhere"),
    ],
)
def test_route_of_the_code_is_no_stranger(route: tuple[str, Json], strange: bool) -> None:  # noqa: FBT001 - a case
    """Every word that the table has of it is the route's own."""
    left = _left("aws_route_table", "route", {"id": "rtb-1", "route": []}, [_OURS], route)

    assert left == ([_OURS] if strange else [])


def test_route_that_somebody_added_is_left_over() -> None:
    """Beside one that stood there, and one that the last apply made."""
    stood = {**_OURS, "cidr_block": "10.1.0.0/16"}

    left = _left(
        "aws_route_table",
        "route",
        {"id": "rtb-1", "route": [stood]},
        [_OURS, _THEIRS, stood],
        _route(),
        ("aws_route", {}),
        ("aws_route", None),  # type: ignore[arg-type]  # one that is being made
        ("aws_eip", {}),
    )

    assert left == [stood, _THEIRS]


def _item(**more: Any) -> Json:
    rest = {"ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": False}
    return {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["10.0.0.0/8"], **rest, **more}


def _rule(**more: Any) -> Json:
    rest = {"cidr_ipv6": None, "prefix_list_id": None, "referenced_security_group_id": None}
    values = {"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "10.0.0.0/8"}
    return {"security_group_id": "sg-1", **values, **rest, **more}


@pytest.mark.parametrize(
    ("item", "rules", "strange"),
    [
        pytest.param(_item(), [_rule()], False, id="made by the code"),
        pytest.param(_item(to_port=443), [_rule()], True, id="more ports"),
        pytest.param(_item(protocol="udp"), [_rule()], True, id="another protocol"),
        pytest.param(_item(cidr_blocks=["10.0.0.0/8", "0.0.0.0/0"]), [_rule()], True, id="and the internet"),
        pytest.param(
            _item(ipv6_cidr_blocks=["::/0"]),
            [_rule(), _rule(cidr_ipv4=None, cidr_ipv6="::/0")],
            False,
            id="two rules in one item",
        ),
        pytest.param(
            _item(cidr_blocks=[], self=True),
            [_rule(cidr_ipv4=None, referenced_security_group_id="sg-1")],
            False,
            id="its own group",
        ),
        pytest.param(
            _item(protocol="-1", from_port=0, to_port=0),
            [_rule(ip_protocol="-1", from_port=None, to_port=None)],
            False,
            id="every protocol",
        ),
        pytest.param(_item(cidr_blocks=[]), [_rule()], True, id="from nobody"),
        pytest.param(_item(), [_rule(security_group_id="sg-2")], True, id="of another group"),
    ],
)
@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_rule_of_the_code_is_no_stranger(
    item: Json,
    rules: list[Json],
    strange: bool,  # noqa: FBT001 - a case
    direction: str,
) -> None:
    """A group tells the rules of one port together, the code makes them one by one."""
    made = [(f"aws_vpc_security_group_{direction}_rule", rule) for rule in rules]

    left = _left("aws_security_group", direction, {"id": "sg-1", direction: []}, [item], *made)

    assert left == ([item] if strange else [])


@pytest.mark.parametrize(
    ("type_", "attribute", "owner", "after", "made"),
    [
        pytest.param(
            "aws_iam_role",
            "inline_policy",
            {"name": "r"},
            [{"name": "a", "policy": "{}"}, {"name": "z", "policy": "{}"}],
            ("aws_iam_role_policy", {"role": "r", "name": "a"}),
            id="inline policies",
        ),
        pytest.param(
            "aws_iam_role",
            "managed_policy_arns",
            {"name": "r"},
            ["arn:a", "arn:z"],
            ("aws_iam_role_policy_attachment", {"role": "r", "policy_arn": "arn:a"}),
            id="attached policies",
        ),
        pytest.param(
            "google_container_cluster",
            "node_pool",
            {"id": "projects/p/locations/l/clusters/c", "name": "c", "self_link": ""},
            [{"name": "a", "version": "1"}, {"name": "z"}],
            ("google_container_node_pool", {"cluster": "projects/p/locations/l/clusters/c", "name": "a"}),
            id="node pools",
        ),
    ],
)
def test_list_has_what_somebody_added(
    type_: str, attribute: str, owner: Json, after: list[Any], made: tuple[str, Json]
) -> None:
    """The first item is the code's, the second nobody's."""
    assert _left(type_, attribute, {**owner, attribute: None}, after, made) == after[1:]
    assert _left(type_, attribute, {**owner, attribute: None}, after[:1], made) is None


def test_what_a_bucket_repeats_stands_elsewhere() -> None:
    """Where the code has no policy of it, somebody gave it one."""
    bucket, policy = {"id": "b", "policy": ""}, '{"Statement": []}'

    ours = _left("aws_s3_bucket", "policy", bucket, policy, ("aws_s3_bucket_policy", {"bucket": "b"}))
    theirs = _left("aws_s3_bucket", "policy", bucket, policy, ("aws_s3_bucket_policy", {"bucket": "c"}))

    assert (ours, theirs) == ("", policy)


@pytest.mark.parametrize("after", [None, "text", [1]])
def test_what_is_no_list_stays_as_it_is(after: Any) -> None:
    """A newer provider may say it otherwise."""
    assert _left("aws_route_table", "route", {"id": "rtb-1"}, after) == after
