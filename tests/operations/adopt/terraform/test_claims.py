"""Which resource an entity's object is, where neither an id nor an attribute tells."""

from __future__ import annotations

from typing import Any

from operations.adopt.terraform.claims import claims
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.pairing import Pairs


def stack(*resources: tuple[str, str]) -> Any:
    """A stack of resources, by address and construct path."""
    made: dict[str, dict[str, Any]] = {}
    for address, path in resources:
        type_, _, name = address.partition(".")
        made.setdefault(type_, {})[name] = {"//": {"metadata": {"path": f"prod/{path}"}}}
    return {"resource": made}


def one(type_: str) -> FoundObject:
    """An object of a type."""
    return FoundObject("other.tfstate", f"{type_}.it", type_, {"id": "1234-5678", "key_id": "1234-5678"})


def test_the_only_one_of_a_type_below_an_entity_is_claimed() -> None:
    """A key without an alias, for one; of two that would do none is, and what stands nowhere here is not either."""
    key, gateway, group, elsewhere = (
        one(type_)
        for type_ in ("aws_kms_key", "aws_ec2_transit_gateway", "aws_security_group", "google_project")
    )
    draft = Draft("prod", "kl")
    draft.takes(("aws", "kms_keys", "data"), key)
    draft.takes(("aws", "kms_keys", "data", "users"), key)
    draft.takes(("vpn", "aws", "transit_gateway_asn"), gateway)
    draft.takes(("aws", "eks_clusters", "shop"), group)
    draft.takes(("google", "host_project"), elsewhere)
    made = stack(
        ("aws_kms_key.data", "KmsKeys/data/Resource"),
        ("aws_kms_key.other", "KmsKeys/other/Resource"),
        ("aws_ec2_transit_gateway.hub", "Vpn/TransitGateway/Resource"),
        ("aws_security_group.api", "EksClusters/shop/Cluster/ApiSecurityGroup"),
        ("aws_security_group.two", "EksClusters/shop/Cluster/Another"),
    )

    claimed = claims(made, draft)

    assert claimed == {"aws_kms_key.data": key, "aws_ec2_transit_gateway.hub": gateway}
    assert Pairs(made, Found([key, gateway]), claimed).by_address == claimed
