"""Fields of AWSCluster and AWSNodePool that no EKS cluster of an environment has a place for: why, and what to do."""

from __future__ import annotations

from typing import Final

from estate.model.rules import Path
from operations.adopt.why import why_of

_BY_AWS: Final = "AWS runs the control plane of an EKS cluster, on machines and volumes of its own"
_OWN_GROUPS: Final = (
    "the new cluster has security groups of its own; open what is missing there, not in the old ones"
)
_OWN_ROLES: Final = "the new cluster has roles of its own; what pods may do in AWS is said in pod_roles"
_NO_SSH: Final = "nodes have no SSH; kubectl debug opens a shell on one"
_TAGS: Final = (
    "tags are the environment's labels, the same on all that it makes; write it there if it is needed"
)
_PROXY: Final = (
    "nodes go out by the VPC's NAT gateways; where a proxy is demanded, let the groups out some other way"
)
_LOGIN: Final = (
    "people come by the Connect gateway, with the groups that organization.yaml says; what logs in by OIDC without it "
    "has to be changed"
)
_STAYS: Final = "is the management service's own, and says nothing of the new cluster"

_SERVERS: Final = {
    "status": _STAYS,
    "metadata.annotations": _STAYS,
    "metadata.labels": _STAYS,
    "metadata.namespace": _STAYS,
    "metadata.finalizers": _STAYS,
    "metadata.creationTimestamp": _STAYS,
    "metadata.generation": _STAYS,
    "metadata.managedFields": _STAYS,
    "metadata.ownerReferences": _STAYS,
    "metadata.resourceVersion": _STAYS,
    "metadata.selfLink": _STAYS,
    "metadata.uid": _STAYS,
}
_KNOWN: Final = {
    "AWSCluster": {
        **_SERVERS,
        "spec.networking.podAddressCIDRBlocks": "pods have addresses of the VPC's private subnets; firewalls that know "
        "the old range have to know those",
        "spec.networking.serviceLoadBalancerSubnetIDs": "load balancers find the VPC's subnets by the tags on them",
        "spec.controlPlane.instanceType": _BY_AWS,
        "spec.controlPlane.rootVolume": _BY_AWS,
        "spec.controlPlane.etcd": _BY_AWS,
        "spec.controlPlane.subnetIDs": "the control plane is reached in the private subnets of all zones of the VPC",
        "spec.controlPlane.keyName": _NO_SSH,
        "spec.controlPlane.securityGroupIDs": _OWN_GROUPS,
        "spec.controlPlane.iamInstanceProfile": _OWN_ROLES,
        "spec.controlPlane.tags": _TAGS,
        "spec.controlPlane.proxySecretName": _PROXY,
        "spec.controlPlane.cloudOperations.projectID": "logs go to the fleet's host project",
        "spec.controlPlane.cloudOperations.location": "logs go to the location of the membership",
        "spec.controlPlane.cloudOperations.enableMonitoring": "metrics of an attached cluster are charged by the sample; "
        "say managed_prometheus: true under attach if they are wanted",
        "spec.controlPlane.workloadIdentity": "tokens of the new cluster have another issuer; pods that are somebody in "
        "Google Cloud need new bindings, by the fleet's identity pool",
        "spec.authentication.oidc": _LOGIN,
    },
    "AWSNodePool": {
        **_SERVERS,
        "spec.keyName": _NO_SSH,
        "spec.securityGroupIDs": _OWN_GROUPS,
        "spec.iamInstanceProfile": _OWN_ROLES,
        "spec.proxySecretName": _PROXY,
        "spec.tags": _TAGS,
    },
}


def why_no_place(kind: str, path: Path) -> str | None:
    """Say why a field has no place here and what to do; None when the field is not known."""
    return why_of(_KNOWN[kind], path)


def is_the_servers(path: Path) -> bool:
    """Whether the API server, not a person, wrote what stands there."""
    return why_of(_SERVERS, path) is not None
