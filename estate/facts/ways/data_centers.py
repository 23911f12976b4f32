"""What has to get through in and out of data centers, row by row of Google's page for clusters on VMware.

The list of names that a proxy lets through was read as a whole (estate/facts/vmware/hosts.json); of the tables below it
only the first rows, of an earlier version. Rows that are not read again are the page's as it was known for supported versions; hold them
against it before the ticket is sent. Left out: rows for Seesaw, F5 and kubeception, which no supported version has;
nodes of one cluster among each other, which stand in one subnet without a firewall between them; what the preflight
checks that run in clusters since 1.29 ask besides.
"""

from __future__ import annotations

from typing import Final

from estate.facts.ways.clouds import HTTPS
from estate.facts.ways.reason import Reason, Seen

_PAGE: Final = (
    "https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/firewall-rules"
)

ADMIN_MANAGES_MACHINES = Reason(
    "resize the admin cluster, and make and repair machines of user clusters",
    (HTTPS,),
    _PAGE,
    "control-plane nodes of the admin cluster reach the vCenter Server API",
    Seen.EXCERPT,
)
USER_MANAGES_MACHINES = Reason(
    "resize user clusters, and attach their volumes",
    (HTTPS,),
    _PAGE,
    "control-plane nodes of a user cluster reach the vCenter Server API",
    Seen.EXCERPT,
)
WORKSTATION_MAKES_MACHINES = Reason(
    "make clusters", (HTTPS,), _PAGE, "the workstation reaches the vCenter Server API", Seen.NOT_AGAIN
)
WORKSTATION_UPLOADS = Reason(
    "upload images of nodes to datastores, through the hosts",
    (HTTPS,),
    _PAGE,
    "the workstation reaches the ESXi VMkernel addresses of the hosts",
    Seen.NOT_AGAIN,
)
WORKSTATION_ADMINISTERS = Reason(
    "administer and upgrade clusters",
    (HTTPS,),
    _PAGE,
    "the workstation reaches the virtual addresses of Kubernetes API servers and the control-plane nodes",
    Seen.NOT_AGAIN,
)
WORKSTATION_LOGS_IN = Reason(
    "log in to nodes, which gkectl does to diagnose them",
    ("tcp:22",),
    _PAGE,
    "the workstation reaches nodes of clusters by SSH",
    Seen.NOT_AGAIN,
)
ADMIN_MANAGES_USER = Reason(
    "manage user clusters",
    (HTTPS,),
    _PAGE,
    "nodes of the admin cluster reach the virtual addresses of user clusters' Kubernetes API servers",
    Seen.NOT_AGAIN,
)
ASK_SERVERS = Reason(
    "look names up",
    ("udp:53", "tcp:53"),
    "vmware.user_clusters.*.network.dns",
    "the file lists the servers",
    Seen.FILE,
)
ASK_TIME = Reason(
    "keep the time",
    ("udp:123",),
    "vmware.user_clusters.*.network.ntp",
    "the file lists the servers",
    Seen.FILE,
)
SYNC_CONFIGURATION = Reason(
    "read the repository that Config Sync keeps clusters in step with",
    (),
    "fleet.features.config_sync",
    "the file names the repository; its host may stand anywhere",
    Seen.FILE,
)
CALL_OTHER_HOSTS = Reason(
    "call the names of Google's list that no private zone leads anywhere, by the internet or a proxy",
    (HTTPS,),
    _PAGE,
    "a proxy that clusters and the workstation call through lets through each name of a list",
    Seen.EXCERPT,
)
PLAN_VSPHERE = Reason(
    "plan and apply the stack of vCenter",
    (HTTPS,),
    "vmware.vsphere.server",
    "every plan of the stack logs in to vCenter, so that this is for the machine that runs it",
    Seen.FILE,
)
SPEAK_IPSEC = Reason(
    "hold the tunnels",
    ("udp:500", "udp:4500", "esp"),
    "https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/configuring-firewall-rules",
    "IKE and IPsec are spoken between public addresses, both ways",
    Seen.NOT_AGAIN,
)
SPEAK_BGP = Reason(
    "tell routes inside the tunnels",
    ("tcp:179",),
    "https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/configuring-firewall-rules",
    "BGP is spoken inside each tunnel, both ways",
    Seen.NOT_AGAIN,
)
