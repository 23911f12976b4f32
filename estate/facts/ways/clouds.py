"""What has to get through in Google Cloud and in AWS, and between them and the data centers.

Left out: security groups of machines that no row here leads to; what a Service of type LoadBalancer opens, which the
controllers of a cluster do by themselves; IPv6.
"""

from __future__ import annotations

from typing import Final

from estate.facts.ways.reason import Reason, Seen

_GKE_RULES: Final = "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules"
_EKS_GROUPS: Final = "https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html"
HTTPS: Final = "tcp:443"
"""Where Kubernetes APIs, gateways and Google's APIs answer."""
MESH: Final = "tcp:15443"
"""Where the mesh's east-west gateway takes what another cluster's pods send to a service."""
KUBELET: Final = "tcp:10250"

CALL_KUBELETS = Reason(
    "call kubelets, and webhooks at the ports of the cluster's webhook_ports",
    (HTTPS, KUBELET),
    _GKE_RULES,
    "the control plane reaches the metrics server at 443 and kubelets at 10250 of the nodes",
    Seen.EXCERPT,
)
CALL_GKE_API = Reason(
    "call the Kubernetes API of their own cluster",
    (HTTPS,),
    _GKE_RULES,
    "connectivity to control plane endpoints always uses TCP destination port 443",
    Seen.EXCERPT,
)
ASK_HEALTH = Reason(
    "ask whether backends of load balancers are well, and bring the clients of external ones",
    ("tcp",),
    "https://docs.cloud.google.com/load-balancing/docs/health-check-concepts",
    "probes come from 35.191.0.0/16 and 130.211.0.0/22, proxies mostly too, and answers take Google's own way back",
    Seen.NOT_AGAIN,
)
COME_BY_IAP = Reason(
    "bring people to machines by SSH",
    ("tcp:22",),
    "https://docs.cloud.google.com/iap/docs/using-tcp-forwarding",
    "Identity-Aware Proxy forwards from 35.235.240.0/20",
    Seen.NOT_AGAIN,
)
CALL_GOOGLE = Reason(
    "call Google's APIs and registries by their names",
    (HTTPS,),
    "https://docs.cloud.google.com/vpc/docs/configure-private-google-access-hybrid",
    "names lead to the addresses of private or restricted.googleapis.com, which are routed inside Google's network, "
    "and to which on-prem networks have a route",
    Seen.EXCERPT,
)
ASK_NAMES = Reason(
    "ask for the names of Google's domains",
    ("udp:53", "tcp:53"),
    "https://docs.cloud.google.com/dns/docs/policies",
    "an inbound server policy makes an address in each subnet that takes queries of other networks",
    Seen.EXCERPT,
)
CALL_GATEWAYS = Reason(
    "call services behind the gateways of clusters",
    (HTTPS,),
    "google.network.onprem_prefixes, vpn",
    "the file joins the networks, so that workloads of one use those of the other",
    Seen.FILE,
)
FIND_PATH_MTU = Reason(
    "answer pings, and say that a packet is too large for a tunnel",
    ("icmp",),
    "https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/mtu-considerations",
    "packets larger than the tunnel's MTU are answered by ICMP, which senders have to get",
    Seen.NOT_AGAIN,
)
CALL_MESH = Reason(
    "call services of another cluster of the mesh",
    (MESH,),
    "https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/",
    "between networks, pods send to the east-west gateway of the other cluster, at port 15443",
    Seen.NOT_AGAIN,
)
FIND_ENDPOINTS = Reason(
    "find the endpoints of another cluster of the mesh at its Kubernetes API",
    (HTTPS,),
    "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/",
    "the API server of each cluster must be accessible to the other clusters in the mesh",
    Seen.EXCERPT,
)
ADMINISTER_GKE = Reason(
    "administer the cluster at the private address of its Kubernetes API",
    (HTTPS,),
    "google.gke_clusters.*.private_endpoint, authorized_networks",
    "the file switches the address on, for the data centers and the ranges that it lists",
    Seen.FILE,
)
SAID = Reason(
    "do what the file says under google.network.firewall.allows",
    (),
    "google.network.firewall.allows",
    "each opening there says why",
    Seen.FILE,
)
CALL_EKS_API = Reason(
    "call the Kubernetes API of their own cluster",
    (HTTPS,),
    _EKS_GROUPS,
    "nodes and the cluster's network interfaces share a security group that EKS makes, which lets in itself and lets "
    "out everything",
    Seen.EXCERPT,
)
REACH_EKS_API = Reason(
    "administer the cluster at its private Kubernetes API, and call it from other clusters",
    (HTTPS,),
    "aws.eks_clusters.*.endpoint.private_from",
    "the file lists the ranges",
    Seen.FILE,
)
REACH_EKS_PUBLICLY = Reason(
    "administer the cluster at its public Kubernetes API",
    (HTTPS,),
    "aws.eks_clusters.*.endpoint.public_from",
    "the file lists the ranges",
    Seen.FILE,
)
CALL_AWS_AND_REGISTRIES = Reason(
    "call AWS, pull images, and reach Google as members of the fleet",
    (HTTPS,),
    "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    "nodes need AWS APIs and registries, by the internet or by endpoints of the VPC",
    Seen.NOT_AGAIN,
)
OPEN_SESSION = Reason(
    "be reached by Session Manager, and take packages over HTTPS",
    (HTTPS,),
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-prerequisites.html",
    "the agent opens HTTPS to the endpoints ssm, ssmmessages and ec2messages of the region",
    Seen.NOT_AGAIN,
)
COME_BY_SSH = Reason(
    "come to the bastion",
    ("tcp:22",),
    "aws.bastion.allowed_ssh_cidrs",
    "the file lists the ranges",
    Seen.FILE,
)
PASS_BASTION = Reason(
    "bring people through the bastion to the Kubernetes API",
    (HTTPS,),
    "aws.bastion",
    "the bastion's proxy forwards to the private endpoint of EKS clusters",
    Seen.FILE,
)
