"""What is said of an object of Google Cloud that nothing synthesized is, by its type.

Recognizers list what has no place when they see it. These are types whose objects belong here only where the environment's
content makes the same: an API, a grant, a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_KEEP: Final = "keep it in the other Terraform"
_GRANT: Final = (
    "is access that the files do not know",
    "say the group as a team of organization.yaml, as the platform team or as network_users, or keep the grant in the other "
    "Terraform; nothing here takes it away",
)
_WHOLE: Final = (
    "says all members of a role, or all roles, and grants here are single ones",
    "take it out of the other Terraform without destroying it (removed, destroy = false), or it takes away what an apply "
    "here grants",
)

LEFT_OVER: Final[Mapping[str, tuple[str, str]]] = {
    "google_artifact_registry_repository_iam_member": _GRANT,
    "google_compute_address": ("is an address that no gateway here has", _KEEP),
    "google_compute_external_vpn_gateway": ("is no tunnel's that is taken over", _KEEP),
    "google_compute_ha_vpn_gateway": ("has no tunnel that is taken over", _KEEP),
    "google_compute_network": ("stands in another project than the host project", _KEEP),
    "google_compute_route": ("is a route that nothing here makes; BGP brings those to other sites", _KEEP),
    "google_compute_router": ("has no gateway or tunnel that is taken over", _KEEP),
    "google_compute_router_interface": ("is no tunnel's that is taken over", _KEEP),
    "google_compute_router_nat": ("is no gateway of the environment's network", _KEEP),
    "google_compute_router_peer": ("is no tunnel's that is taken over", _KEEP),
    "google_compute_router_route_policy": (
        "bounds what sessions take in another way; the stack makes policies of its own",
        "destroy it with the other Terraform after the first apply, when no session names it",
    ),
    "google_compute_subnetwork": ("stands in another network than the environment's", _KEEP),
    "google_compute_subnetwork_iam_binding": _WHOLE,
    "google_compute_subnetwork_iam_member": _GRANT,
    "google_compute_subnetwork_iam_policy": _WHOLE,
    "google_compute_vpn_gateway": ("is a classic VPN, and VPNs here are HA", _KEEP),
    "google_compute_vpn_tunnel": ("leads from no gateway that is taken over", _KEEP),
    "google_container_node_pool": ("is no pool of a cluster that is taken over", _KEEP),
    "google_dns_record_set": (
        "is a name that no file here holds",
        "keep it in the other Terraform, where whoever has names in its zone goes on changing them",
    ),
    "google_gke_hub_feature_membership": (
        "is how a feature is set up in a cluster that is not taken over, or that these files set up by themselves",
        "take it out of the other Terraform without destroying it (removed, destroy = false)",
    ),
    "google_gke_hub_membership_binding": (
        "binds a cluster to a scope that is no team's",
        "say the team in organization.yaml, or keep it in the other Terraform",
    ),
    "google_gke_hub_namespace": (
        "is a namespace of a scope that is no team's",
        "say it below the team's namespaces in organization.yaml; to destroy it takes the namespace and all that runs in it",
    ),
    "google_gke_hub_scope": (
        "is no team's scope by its id, which is organization-environment-team-name",
        "say the team in organization.yaml: it gets a scope of its own, and this one is let go when nothing is in it",
    ),
    "google_gke_hub_scope_iam_member": _GRANT,
    "google_gke_hub_scope_rbac_role_binding": _GRANT,
    "google_kms_crypto_key_iam_binding": _WHOLE,
    "google_kms_crypto_key_iam_member": _GRANT,
    "google_kms_crypto_key_iam_policy": _WHOLE,
    "google_kms_key_ring": (
        "is a key ring, which nobody can destroy and which has nothing to change",
        "take it out of the other Terraform without destroying it (removed, destroy = false)",
    ),
    "google_project": (
        "is a project, and projects stand before these files do",
        _KEEP,
    ),
    "google_project_iam_binding": _WHOLE,
    "google_project_iam_custom_role": ("is a role that nothing here makes", _KEEP),
    "google_project_iam_member": _GRANT,
    "google_project_iam_policy": _WHOLE,
    "google_project_service": (
        "is an API that the environment's content does not need",
        "take it out of the other Terraform without destroying it: to destroy it may switch it off (disable_on_destroy)",
    ),
    "google_service_account": ("is an account that nothing here needs", _KEEP),
    "google_service_account_key": (
        "is a key of an account, and keys of accounts are a person's work here",
        "keep it in the other Terraform until the account has another",
    ),
}
"""By type: why it has no place, and what to do."""
