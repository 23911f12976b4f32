"""A review shows what somebody did outside Terraform, and not what nobody did."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.review.reviewed import change, plan, reviewed

Json = dict[str, Any]
_OURS = {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}
_THEIRS = {"cidr_block": "10.9.0.0/16", "network_interface_id": "eni-9"}


def _after_an_apply(*routes: Json, **more: Any) -> Json:
    """A plan right after the apply that made a route table and, in it, a route to the internet."""

    def table(listed: list[Json]) -> Json:
        return {"id": "rtb-1", "vpc_id": "vpc-1", "owner_id": "1", "route": listed}

    route = {"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}
    said = {"address": "aws_route_table.T", "expressions": {"vpc_id": {"references": ["aws_vpc.V.id"]}}}
    return plan(
        change("aws_route_table.T", "no-op", table([*routes]), table([*routes])),
        change("aws_route.R", "no-op", route, route),
        resource_drift=[change("aws_route_table.T", "update", table([]), table([*routes]), **more)],
        configuration={"root_module": {"resources": [said, "odd"]}},
    )


def _shown(document: Json) -> dict[str, str]:
    (drifted,) = reviewed(document).changes
    return {one.path: one.after for one in drifted.differences}


def test_what_the_last_apply_moved_is_not_shown() -> None:
    """A route table lists the route that the same apply made, and nobody touched it."""
    assert reviewed(_after_an_apply(_OURS)).changes == ()


def test_route_that_somebody_added_is_shown_alone() -> None:
    """No apply would undo it, so nobody else would say it."""
    document = _after_an_apply(_OURS, _THEIRS)

    (finding,) = reviewed(document).all_findings()

    assert (finding.rule, finding.level) == ("drift", "medium")
    assert _shown(document) == {"route.cidr_block": "10.9.0.0/16", "route.network_interface_id": "eni-9"}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"after_sensitive": True}, id="everything"),
        pytest.param({"after_sensitive": {"route": [{}, {"cidr_block": True}]}}, id="a part"),
    ],
)
def test_object_with_secrets_is_shown_whole(more: Json) -> None:
    """Secrets are marked by their position, which must not move."""
    (drifted,) = reviewed(_after_an_apply(_OURS, _THEIRS, **more)).changes

    assert "10.9.0.0/16" not in str(drifted)
    assert drifted.differences


def test_object_of_a_module_is_shown_whole() -> None:
    """The configuration of modules is not looked into."""
    document = _after_an_apply(_OURS)
    document["resource_drift"][0]["module_address"] = "module.m"

    assert set(_shown(document)) == {"route.cidr_block", "route.gateway_id"}
