"""What somebody did so that packets do not get through, one way at least for each reason of the tables."""

from __future__ import annotations

from typing import Any

from estate.facts.ways import clouds
from estate.facts.ways.reason import Reason
from tests.operations.policy.permitted.need_defects import without
from tests.operations.policy.world import Break, World, adding, change, first

_RULE = "google_compute_network_firewall_policy_rule"
_PEER = "google_compute_router_peer"
_GKE = "google_container_cluster"
_EKS = "aws_eks_cluster"
POLICY = "${google_compute_network_firewall_policy.FirewallPolicy_32DE11EF.name}"


def opening(*sources: str, **arguments: Any) -> Break:
    """Add a rule to prod's firewall policy."""
    match = {"src_ip_ranges": list(sources), "layer4_configs": [{"ip_protocol": "tcp", "ports": ["443"]}]}
    rule = {
        "direction": "INGRESS",
        "action": "allow",
        "priority": 2000,
        "firewall_policy": POLICY,
        "match": match,
    }
    return adding("prod", f"{_RULE}.Added", **{**rule, **arguments})


def untold(part: str, *ranges: str, stack: str = "prod") -> Break:
    """Have BGP sessions with a part in their name no longer advertise ranges."""

    def break_(world: World) -> None:
        for name, peer in world[stack]["resource"][_PEER].items():
            if part in name:
                kept = [one for one in peer["advertised_ip_ranges"] if one["range"] not in ranges]
                assert kept != peer["advertised_ip_ranges"]
                peer["advertised_ip_ranges"] = kept

    return break_


def matched(part: str, **match: Any) -> Break:
    """Change what a rule of prod's firewall policy matches."""

    def break_(world: World) -> None:
        first(world, "prod", _RULE, part)["match"].update(match)

    return break_


def nested(type_: str, block: str, stack: str = "prod", **arguments: Any) -> Break:
    """Change arguments of a block of the first resource of a type."""

    def break_(world: World) -> None:
        found = first(world, stack, type_)[block]
        found.update(arguments)

    return break_


def authorized(*ranges: str) -> Break:
    """Let other ranges than before reach the API of prod's GKE cluster."""
    return nested(
        _GKE, "master_authorized_networks_config", cidr_blocks=[{"cidr_block": one} for one in ranges]
    )


def ingress(part: str, *rules: dict[str, Any], stack: str = "prod") -> Break:
    """Have a security group let in other things than before."""
    return change(stack, "aws_security_group", part, ingress=list(rules))


def inbound(*cidrs: str, port: int = 443) -> dict[str, Any]:
    """A rule of a security group."""
    return {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": list(cidrs)}


def _elsewhere(world: World) -> None:
    first(world, "prod", "google_dns_record_set", "googleapis-com_Addresses")["rrdatas"] = ["192.0.2.1"]


def _region(world: World) -> None:
    first(world, "prod", _GKE)["location"] = "europe-west1"


_TCP = {"ip_protocol": "tcp", "ports": ["443"]}
_ONPREM = ["10.20.24.0/24", "10.24.0.0/23", "10.30.0.0/16"]

NOT_THERE: tuple[tuple[Reason, str, Break], ...] = (
    (clouds.CALL_KUBELETS, "took away what lets control planes call webhooks", without("prod", _RULE, "gke-control-plane")),
    (clouds.CALL_KUBELETS, "let control planes reach the nodes of another account", change("prod", _RULE, "gke-control-plane", target_service_accounts=["other@example.com"])),
    (clouds.CALL_KUBELETS, "gave the nodes another range", change("prod", "google_compute_subnetwork", "Subnets_gke", ip_cidr_range="10.129.0.0/20")),
    (clouds.CALL_GKE_API, "left the control plane without a range", nested(_GKE, "private_cluster_config", master_ipv4_cidr_block=None)),
    (clouds.ASK_HEALTH, "refused health checks before they are let in", opening("35.191.0.0/16", action="deny", priority=50)),
    (clouds.ASK_HEALTH, "let health checks reach the nodes of another account", change("prod", _RULE, "health-checks", target_service_accounts=["other@example.com"])),
    (clouds.ASK_HEALTH, "took the policy off the network", without("prod", "google_compute_network_firewall_policy_association")),
    (clouds.COME_BY_IAP, "switched a rule off", change("prod", _RULE, "iap", disabled=True)),
    (clouds.CALL_GOOGLE, "led Google's names elsewhere", _elsewhere),
    (clouds.CALL_GOOGLE, "deleted a private zone", without("prod", "google_dns_managed_zone", "pkg-dev")),
    (clouds.CALL_GOOGLE, "switched Private Google Access off", change("prod", "google_compute_subnetwork", "Subnets_gke", private_ip_google_access=False)),
    (clouds.CALL_GOOGLE, "did not tell the data centers of Google's addresses", untold("Onprem", "199.36.153.8/30")),
    (clouds.CALL_GOOGLE, "sent Google's addresses to a machine", change("prod", "google_compute_route", next_hop_gateway=None, next_hop_ip="10.128.0.9")),
    (clouds.ASK_NAMES, "let nobody ask for names", change("prod", "google_dns_policy", enable_inbound_forwarding=False)),
    (clouds.CALL_GATEWAYS, "told the data centers nothing of AWS", untold("Onprem_Tunnels_a", "10.48.0.0/16")),
    (clouds.CALL_GATEWAYS, "took a transit gateway's attachment out of a zone", change("prod", "aws_ec2_transit_gateway_vpc_attachment", subnet_ids=["${aws_subnet.ManagementVpc_Zones_eu-west-1a_PrivateSubnet_4F442CE2.id}"])),
    (clouds.CALL_GATEWAYS, "switched the transit gateway's own routes off", change("prod", "aws_ec2_transit_gateway", default_route_table_propagation="disable")),
    (clouds.CALL_GATEWAYS, "joined the gateways of the data centers with the wrong connection", without("prod", "google_compute_external_vpn_gateway", "Onprem")),
    (clouds.FIND_PATH_MTU, "let data centers send no ICMP", matched("onprem", layer4_configs=[{"ip_protocol": "tcp", "ports": ["443", "15443"]}])),
    (clouds.CALL_MESH, "closed the mesh's port", matched("onprem", layer4_configs=[{"ip_protocol": "icmp"}, _TCP])),
    (clouds.ADMINISTER_GKE, "took a data center out of the authorized networks", authorized(*_ONPREM[:2])),
    (clouds.ADMINISTER_GKE, "ended the VPN in another region than the cluster's", _region),
    (clouds.CALL_EKS_API, "closed the private endpoint", nested(_EKS, "vpc_config", endpoint_private_access=False)),
    (clouds.REACH_EKS_API, "took a range out of the API's group", ingress("Api", inbound("10.24.0.0/23", "10.30.0.0/16"))),
    (clouds.REACH_EKS_API, "let the API's group go", nested(_EKS, "vpc_config", security_group_ids=[])),
    (clouds.CALL_AWS_AND_REGISTRIES, "deleted the route to a NAT gateway", without("prod", "aws_route", "1a_PrivateDefaultRoute")),
    (clouds.CALL_AWS_AND_REGISTRIES, "put a NAT gateway into a private subnet", change("prod", "aws_nat_gateway", "1a", subnet_id="${aws_subnet.ManagementVpc_Zones_eu-west-1a_PrivateSubnet_4F442CE2.id}")),
    (clouds.CALL_AWS_AND_REGISTRIES, "gave nodes groups of their own", change("prod", "aws_launch_template", vpc_security_group_ids=["sg-1"])),
    (clouds.OPEN_SESSION, "took the bastion's address away", without("prod", "aws_eip_association")),
    (clouds.OPEN_SESSION, "let the bastion out to packages alone", change("prod", "aws_security_group", "Bastion", egress=[inbound("0.0.0.0/0", port=80)])),
    (clouds.COME_BY_SSH, "closed the bastion", ingress("Bastion", stack="sandbox")),
    (clouds.COME_BY_SSH, "deleted the public route", without("sandbox", "aws_route", "PublicDefaultRoute")),
    (clouds.PASS_BASTION, "took the bastion out of the API's group", ingress("Api", inbound("10.24.0.0/23", "10.30.0.0/16", "10.128.0.0/20", "10.132.0.0/15"))),
    (clouds.PASS_BASTION, "deleted the bastion", without("prod", "aws_instance")),
)  # fmt: skip
"""Reason, what somebody did, and how."""

NOT_BACK: tuple[tuple[Reason, str, Break], ...] = (
    (clouds.REACH_EKS_API, "deleted a way back to Google Cloud", without("prod", "aws_route", "1b_1012800-20")),
    (clouds.REACH_EKS_API, "did not tell AWS of a data center", untold("Aws_Tunnels_a-tunnel1", "10.30.0.0/16")),
    (clouds.FIND_ENDPOINTS, "did not tell the data centers of pods", untold("Onprem", "10.132.0.0/15")),
    (clouds.CALL_GATEWAYS, "switched a session off, and the other told nothing", untold("Onprem_Tunnels_b", "10.128.0.0/20")),
)  # fmt: skip

UNASKED: tuple[tuple[str, Break], ...] = (
    ("opened the firewall to a network that nobody joins", opening("10.99.0.0/16")),
    ("opened another port to the data centers", matched("onprem", layer4_configs=[{"ip_protocol": "icmp"}, {"ip_protocol": "tcp", "ports": ["443", "15443", "8080"]}])),
    ("opened the ports between two to the data centers", matched("onprem", layer4_configs=[{"ip_protocol": "icmp"}, {"ip_protocol": "tcp", "ports": ["443-15443"]}])),
    ("let more than a data center call the API of EKS", ingress("Api", inbound("10.24.0.0/22", "10.30.0.0/16"))),
    ("let a whole VPC call the API of GKE", authorized(*_ONPREM, "10.48.0.0/16")),
    ("let one more network call the API of EKS", ingress("Api", inbound("10.24.0.0/23", "10.99.0.0/16"))),
    ("opened the bastion that needs no port", ingress("Bastion", inbound("198.51.100.0/24", port=22))),
    ("opened the public endpoint of EKS", nested(_EKS, "vpc_config", endpoint_public_access=True, public_access_cidrs=["198.51.100.0/24"])),
)  # fmt: skip

UNSEEN: tuple[tuple[str, Break], ...] = (
    ("filtered subnets by a list of their own", adding("prod", "aws_network_acl.Added", subnet_ids=[])),
    ("mirrored packets", adding("prod", "google_compute_packet_mirroring.Added", name="x")),
)

DEFECTS: tuple[tuple[str, str, Break], ...] = (
    *(("HYB_WAY_THERE", name, break_) for _, name, break_ in NOT_THERE),
    *(("HYB_WAY_BACK", name, break_) for _, name, break_ in NOT_BACK),
    *(("HYB_WAY_UNASKED", name, break_) for name, break_ in UNASKED),
    *(("HYB_WAY_EVALUATED", name, break_) for name, break_ in UNSEEN),
)
"""Rule, what somebody did, and how."""
