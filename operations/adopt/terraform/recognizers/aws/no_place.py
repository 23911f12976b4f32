"""What of AWS no section has a place for, by type, and what to do about it; asked when all recognizers have gone by.

What stands here stays with the Terraform that made it and goes on working, unless its line says what the first apply does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found
from operations.adopt.terraform.recognizers.aws.objects import unplaced

_STAYS: Final = "leave it with the Terraform that made it"
_FORGET: Final = (
    "have the old Terraform forget it (`terraform state rm`); destroying it changes nothing in AWS"
)

NO_PLACE: Final[Mapping[str, tuple[str, str]]] = {
    "aws_cloudwatch_log_group": ("holds logs of nothing in the file", _STAYS),
    "aws_customer_gateway": ("belongs to no connection to Google Cloud", _STAYS),
    "aws_default_network_acl": ("network ACLs are left as they are here", _FORGET),
    "aws_default_route_table": (
        "the VPC's main table is left as it is here, and every subnet has one of its own",
        _FORGET,
    ),
    "aws_default_vpc": ("the account's default VPC is none of an environment's", _FORGET),
    "aws_ec2_tag": ("tags that others set are left as they are here", _STAYS),
    "aws_ec2_transit_gateway": ("no connection to Google Cloud hangs on it", _STAYS),
    "aws_ec2_transit_gateway_route": (
        "everything on a transit gateway here reaches everything, by its default table",
        _STAYS,
    ),
    "aws_ec2_transit_gateway_route_table": (
        "everything on a transit gateway here reaches everything, by its default table",
        _STAYS,
    ),
    "aws_ec2_transit_gateway_vpc_attachment": ("is on no transit gateway that leads to Google Cloud", _STAYS),
    "aws_egress_only_internet_gateway": ("the VPC here has no IPv6", _STAYS),
    "aws_eip": ("is the address of no NAT gateway and of no bastion of the file", _STAYS),
    "aws_eks_fargate_profile": ("nodes of clusters here are in managed groups", _STAYS),
    "aws_eks_identity_provider_config": ("people come by the Connect gateway and their groups here", _STAYS),
    "aws_eks_pod_identity_association": (
        "service accounts take on roles by the cluster's OIDC provider here",
        "leave it with the Terraform that made it, it goes on working; to have the role in the file, say it under pod_roles and "
        "annotate the service account",
    ),
    "aws_flow_log": ("watches something else than the VPC as a whole", _STAYS),
    "aws_iam_policy": (
        "policies are made by whoever looks after the account; pod_roles name them by their ARNs",
        _STAYS,
    ),
    "aws_iam_instance_profile": ("is of no bastion of the file", _STAYS),
    "aws_iam_role": ("is taken on by nothing of the file", _STAYS),
    "aws_iam_role_policy": ("belongs to a role that nothing of the file takes on", _STAYS),
    "aws_iam_role_policy_attachment": ("belongs to a role that nothing of the file takes on", _STAYS),
    "aws_instance": (
        "is no bastion that is called as here, and machines of one's own have no place",
        "leave it with the Terraform that made it; say aws.bastion for a new one beside it",
    ),
    "aws_internet_gateway": ("is not attached to the VPC", _STAYS),
    "aws_key_pair": ("is of no bastion of the file", _STAYS),
    "aws_kms_alias": ("means no key of the file", _STAYS),
    "aws_launch_template": ("is of no node group of the file", _STAYS),
    "aws_main_route_table_association": ("the VPC's main table is left as it is here", _STAYS),
    "aws_nat_gateway": ("is private, or stands in no public subnet of the file", _STAYS),
    "aws_network_acl": ("network ACLs are left as they are here: security groups decide", _STAYS),
    "aws_network_acl_rule": ("network ACLs are left as they are here: security groups decide", _STAYS),
    "aws_route": (
        "routes here follow from what the file says: to the internet, and to what the VPNs lead to",
        "leave it with the Terraform that made it; where its table is taken over it stays, nothing here takes it away",
    ),
    "aws_route53_resolver_endpoint": (
        "its security group's name cannot be changed, and those here are called by the environment",
        "say what is asked where in the section dns; the first apply makes another endpoint at free addresses",
    ),
    "aws_route53_resolver_rule": ("hangs on an endpoint that is not of the file", _STAYS),
    "aws_route53_resolver_rule_association": ("hangs on an endpoint that is not of the file", _STAYS),
    "aws_route53_zone": ("zones are made by whoever has names in them", _STAYS),
    "aws_route_table": ("leads no subnet of the file anywhere", _STAYS),
    "aws_route_table_association": ("is of no subnet of the file", _STAYS),
    "aws_security_group": (
        "security groups here belong to what stands in them",
        "leave it with the Terraform that made it",
    ),
    "aws_security_group_rule": ("belongs to a security group that is not of the file", _STAYS),
    "aws_vpc_dhcp_options": (
        "names are answered by AWS here, and the section dns says what is asked elsewhere",
        _STAYS,
    ),
    "aws_vpc_dhcp_options_association": (
        "names are answered by AWS here, and the section dns says what is asked elsewhere",
        _STAYS,
    ),
    "aws_vpc_endpoint": (
        "the VPC here has the endpoint of S3 alone, and reaches other services by NAT",
        _STAYS,
    ),
    "aws_vpc_ipv4_cidr_block_association": ("a VPC here has its first range alone", _STAYS),
    "aws_vpc_peering_connection": ("networks are joined by VPNs here", _STAYS),
    "aws_vpc_security_group_egress_rule": ("belongs to a security group that is not of the file", _STAYS),
    "aws_vpc_security_group_ingress_rule": ("belongs to a security group that is not of the file", _STAYS),
    "aws_vpn_connection": ("leads elsewhere than to Google Cloud", _STAYS),
    "aws_vpn_gateway": ("VPNs hang on a transit gateway here", _STAYS),
    "aws_vpn_gateway_attachment": ("VPNs hang on a transit gateway here", _STAYS),
}
"""Why, and what to do, by type; of what is not named here nothing is known, and whoever pairs objects says so."""


def recognize_no_place(found: Found, draft: Draft) -> None:
    """Leave what nobody took, where it is known why."""
    for one in list(unplaced(found, draft)):
        if one.type in NO_PLACE:
            draft.leave(one, "", *NO_PLACE[one.type])
