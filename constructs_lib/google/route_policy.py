"""What BGP sessions of a Cloud Router take from their other end: routes to ranges that are listed, and no others.

A router takes what no policy drops, so the last term drops everything. Left out: communities and metrics, and
routes that somebody enters by hand at a session, which no policy sees.

https://docs.cloud.google.com/network-connectivity/docs/router/concepts/bgp-route-policies-overview and
https://docs.cloud.google.com/network-connectivity/docs/router/reference/bgp-route-policy-reference, 2026-11-30,
both in excerpts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_router_route_policy import (
    ComputeRouterRoutePolicy,
    ComputeRouterRoutePolicyTerms,
    ComputeRouterRoutePolicyTermsActions,
    ComputeRouterRoutePolicyTermsMatch,
)
from constructs import Construct

from constructs_lib.google.cloud_router import CloudRouter
from constructs_lib.naming import Kind, Naming

_EVERYTHING = IPv4Network("0.0.0.0/0")
_DIGITS = 8


class RoutePolicy(Construct):
    """Define the import policy of a VPN's sessions: a term for each range, and one that drops the rest.

    Other terms are another policy, whose name carries their digest: it stands before the sessions name it, and the
    old one goes after, so that they are bounded all the time. The provider replaces a policy for its terms, and one
    that a session names cannot go.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[IPv4Network],
        router: CloudRouter,
        naming: Naming,
        entity: str,
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: the ranges to which, and to parts of which, routes are taken.
            router: whose sessions they are.
            naming: names of the environment.
            entity: the VPN's name among the entities.
        """
        super().__init__(scope, id_)
        terms = [
            *((f"to {cidr}, and to parts of it", cidr, "accept()") for cidr in config),
            ("everything else", _EVERYTHING, "drop()"),
        ]
        digest = hashlib.sha256(repr(terms).encode()).hexdigest()[:_DIGITS]
        policy = ComputeRouterRoutePolicy(
            self,
            "Resource",
            project=router.project,
            region=router.region,
            router=router.router_name,
            name=naming.name(entity, f"import-{digest}", kind=Kind.COMPUTE),
            type="ROUTE_POLICY_TYPE_IMPORT",
            terms=[
                ComputeRouterRoutePolicyTerms(
                    # From 1 on: the provider does not always send a 0.
                    priority=position,
                    match=ComputeRouterRoutePolicyTermsMatch(
                        title=title, expression=f"destination.inAnyRange(prefix('{cidr}').orLonger())"
                    ),
                    actions=[ComputeRouterRoutePolicyTermsActions(expression=action)],
                )
                for position, (title, cidr, action) in enumerate(terms, start=1)
            ],
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )

        self.policy_name: Final[str] = policy.name
