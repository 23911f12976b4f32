"""What BGP sessions of a Cloud Router take from their other end: routes to ranges that are listed, and no others.

Policies are made one after the other, and before anything else of the router: interfaces, sessions and NAT of a router
take turns by a lock of the provider, its policies take none (google 6.50.0), and whether Google takes two changes of one
router at once stands nowhere.

A router takes what no policy drops, so the last term drops everything. Left out: communities and metrics, and
routes that somebody enters by hand at a session, which no policy sees.

https://docs.cloud.google.com/network-connectivity/docs/router/concepts/bgp-route-policies-overview and
https://docs.cloud.google.com/network-connectivity/docs/router/reference/bgp-route-policy-reference, 2026-11-30,
both in excerpts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
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

    "Order of policies is not retained and might change when getting policy later", and the provider takes another order
    for other terms: it would write the policy anew under its old name, and then delete what has this name. So terms count
    when a policy is made, and no plan undoes what somebody else makes of them; `hybrid drift` tells it.
    https://docs.cloud.google.com/compute/docs/reference/rest/v1/routers/updateRoutePolicy, an excerpt of its description,
    and https://github.com/hashicorp/terraform-provider-google/issues/24843, an excerpt, 2026-11-30.
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
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: the ranges to which, and to parts of which, routes are taken.
            router: whose sessions they are.
            naming: names of the environment.
            entity: the VPN's name among the entities.
            dependencies: what is changed at the router before.
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
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True, ignore_changes=["terms"]),
            depends_on=list(dependencies) or None,
        )

        self.policy_name: Final[str] = policy.name
        self.stands: Final[ITerraformDependable] = policy


class RoutePolicies(Construct):
    """Define the import policy of each VPN of a router that has one, one after the other."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Mapping[str, Sequence[IPv4Network]],
        router: CloudRouter,
        naming: Naming,
    ) -> None:
        """Define them.

        Args:
            scope: where they stand in the tree.
            id_: their id there.
            config: the ranges that each VPN takes routes to, by its key.
            router: whose sessions they are.
            naming: names of the environment.
        """
        super().__init__(scope, id_)
        made: dict[str, RoutePolicy] = {}
        for key, ranges in config.items():
            made[key] = RoutePolicy(
                self,
                key.capitalize(),
                config=ranges,
                router=router,
                naming=naming,
                entity=f"vpn-{key}",
                dependencies=[policy.stands for policy in made.values()],
            )

        self.names: Final[Mapping[str, str]] = {key: policy.policy_name for key, policy in made.items()}
        self.all_stand: Final[Sequence[ITerraformDependable]] = [policy.stands for policy in made.values()]
