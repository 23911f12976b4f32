"""What makes a cluster belong to a scope; a part of the scope, or of a cluster that joins from another stack.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_membership_binding
"""

from __future__ import annotations

from cdktf_cdktf_provider_google.gke_hub_membership_binding import GkeHubMembershipBinding
from constructs import Construct

from constructs_lib.fleet.member import Member


def define_membership_binding(
    scope: Construct, key: str, *, project: str, scope_id: str, scope_name: str, member: Member
) -> None:
    """Let a team's scope reach into a cluster.

    Args:
        scope: a namespace for the bindings of one team.
        key: what the binding is called in it: the cluster's key.
        project: the fleet host project.
        scope_id: id of the team's scope, literally; the binding's own id.
        scope_name: full name of the team's scope.
        member: the cluster.
    """
    GkeHubMembershipBinding(
        scope,
        key,
        project=project,
        membership_binding_id=scope_id,
        membership_id=member.membership_id,
        location=member.membership_location,
        scope=scope_name,
        depends_on=[member.resource],
    )
