"""The nesting of groups in gke-security-groups, without which clusters do not see who is in them.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_identity_group_membership
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.cloud_identity_group_membership import (
    CloudIdentityGroupMembership,
    CloudIdentityGroupMembershipPreferredMemberKey,
    CloudIdentityGroupMembershipRoles,
)
from constructs import Construct

from constructs_lib.access.grantees import GranteePlaces
from estate.derived.access.grants import Grantee
from estate.model.access.google_groups import GroupNesting as GroupNestingConfig


class GroupNesting(Construct):
    """Define every group's membership in gke-security-groups."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: GroupNestingConfig,
        groups: Sequence[Grantee],
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        places = GranteePlaces(self)
        for grantee in groups:
            CloudIdentityGroupMembership(
                places.of(grantee),
                "Membership",
                group=config.group_id,
                preferred_member_key=CloudIdentityGroupMembershipPreferredMemberKey(id=grantee.address),
                roles=[CloudIdentityGroupMembershipRoles(name="MEMBER")],
                depends_on=list(dependencies) or None,
            )
