"""A GKE On-Prem API on loopback that knows clusters as if gkectl had made and enrolled them.

It answers reads only. What it answers is made from gkectl's files and the API's public reference alone,
never from what this project makes of them; nobody has seen the service itself.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/reference/on-prem-api/rest/v1/projects.locations.vmwareClusters
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Resource = dict[str, Any]

_EFFECTS = {
    "NoSchedule": "NO_SCHEDULE",
    "PreferNoSchedule": "PREFER_NO_SCHEDULE",
    "NoExecute": "NO_EXECUTE",
}


@dataclass
class OnPremApi:
    """What the API knows.

    Attributes:
        endpoint: its URL, as the provider wants it.
        resources: every resource by its name.
        says_false: whether it says what is false or empty, or leaves it out as Google's services do.
    """

    endpoint: str
    resources: dict[str, Resource] = field(default_factory=dict)
    says_false: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """What the provider is told to come here, with a token that is good nowhere else."""
        return {"gkeonprem_custom_endpoint": self.endpoint, "access_token": "testing"}

    def enroll(self, user: Resource, blocks: Resource, membership: str) -> str:
        """Take in a cluster as gkectl's files describe it; returns its name."""
        project, location = user["gkeConnect"]["projectID"], user["stackdriver"]["clusterLocation"]
        name = f"projects/{project}/locations/{location}/vmwareClusters/{user['name']}"
        self.resources[name] = _cluster(name, user, blocks, membership)
        for pool in user["nodePools"]:
            pool_name = f"{name}/vmwareNodePools/{pool['name']}"
            self.resources[pool_name] = _pool(pool_name, pool, user)
        return name


@contextmanager
def on_prem_api() -> Iterator[OnPremApi]:
    """Start an API that knows nothing yet, and end it afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    api = OnPremApi(f"http://127.0.0.1:{server.server_port}/v1/")
    server.RequestHandlerClass = _handler(api)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(api: OnPremApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].removeprefix("/v1/")
            found = api.resources.get(name)
            body = (found if api.says_false or not found else _without_falsehoods(found)) or {
                "error": {"code": 404, "message": f"{name} not found", "status": "NOT_FOUND"}
            }
            content = json.dumps(body).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
            """Say nothing: a test's output is its own."""

    return Handler


def _without_falsehoods(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_falsehoods(below) for key, below in value.items() if below not in (False, "", [])
        }
    return [_without_falsehoods(below) for below in value] if isinstance(value, list) else value


def _cluster(name: str, user: Resource, blocks: Resource, membership: str) -> Resource:
    """The cluster with what the service adds of its own."""
    project, location = user["gkeConnect"]["projectID"], user["stackdriver"]["clusterLocation"]
    vcenter = {key: value for key, value in user.get("vCenter", {}).items() if key != "credentials"}
    return {
        "name": name,
        "adminClusterMembership": membership,
        "onPremVersion": user["gkeOnPremVersion"],
        "uid": "5a1c7e2f",
        "state": "RUNNING",
        "etag": "1",
        "createTime": "2026-01-01T00:00:00Z",
        "endpoint": user["loadBalancer"]["vips"]["controlPlaneVIP"],
        "localName": user["name"],
        "annotations": {"onprem.cluster.gke.io/user-cluster-resource-link": "set by the service"},
        "enableControlPlaneV2": True,
        "enableAdvancedCluster": True,
        "disableBundledIngress": user.get("disableBundledIngress", False),
        "controlPlaneNode": {
            "cpus": str(user["masterNode"].get("cpus", 4)),
            "memory": str(user["masterNode"].get("memoryMB", 8192)),
            "replicas": "3",
            "autoResizeConfig": {},
            "vsphereConfig": {"datastore": vcenter.get("datastore", "dev-ds1")},
        },
        "networkConfig": _network(user, blocks),
        "loadBalancer": _load_balancer(user["loadBalancer"]),
        "dataplaneV2": {
            "dataplaneV2Enabled": True,
            **({"advancedNetworking": True} if user.get("advancedNetworking") else {}),
        },
        "antiAffinityGroups": {"aagConfigDisabled": not user["antiAffinityGroups"]["enabled"]},
        "autoRepairConfig": {"enabled": user["autoRepair"]["enabled"]},
        "storage": {"vsphereCsiDisabled": user.get("storage", {}).get("vSphereCSIDisabled", False)},
        "vmTrackingEnabled": True,
        "vcenter": {
            "address": "vcenter.example.com",
            "datacenter": "DC1",
            "cluster": "GKE-DEV",
            "resourcePool": "GKE-DEV/Resources",
            "datastore": "dev-ds1",
            "folder": "kl-dev",
            "caCertData": "certificate",
            **vcenter,
        },
        "fleet": {"membership": f"projects/{project}/locations/{location}/memberships/{user['name']}"},
    }


def _network(user: Resource, blocks: Resource) -> Resource:
    network = user["network"]
    ip_blocks = [_block(block, control_plane=False) for block in blocks.get("blocks", ())]
    static = {"ipBlocks": [block for block in ip_blocks if block["ips"]]}
    own = network.get("controlPlaneIPBlock") or blocks["blocks"][-1]
    workers = (
        {"staticIpConfig": static}
        if network["ipMode"]["type"] == "static"
        else {"dhcpIpConfig": {"enabled": True}}
    )
    hosts = network["hostConfig"]
    return {
        "serviceAddressCidrBlocks": [network["serviceCIDR"]],
        "podAddressCidrBlocks": [network["podCIDR"]],
        "vcenterNetwork": network["vCenter"]["networkName"],
        "hostConfig": {
            "dnsServers": hosts["dnsServers"],
            "ntpServers": hosts["ntpServers"],
            **({"dnsSearchDomains": hosts["searchDomainsForDNS"]} if "searchDomainsForDNS" in hosts else {}),
        },
        "controlPlaneV2Config": {"controlPlaneIpBlock": _block(own, control_plane=True)},
        **workers,
    }


def _block(block: Resource, *, control_plane: bool) -> Resource:
    own = [ip for ip in block["ips"] if ip.get("isControlPlane", control_plane) == control_plane]
    ips = [{key: ip[key] for key in ("ip", "hostname") if key in ip} for ip in own]
    return {"netmask": block["netmask"], "gateway": block["gateway"], "ips": ips}


def _load_balancer(balancer: Resource) -> Resource:
    vips = balancer["vips"]
    common = {"vipConfig": {"controlPlaneVip": vips["controlPlaneVIP"], "ingressVip": vips["ingressVIP"]}}
    if balancer["kind"] == "ManualLB":
        ports = balancer["manualLB"]
        manual = {
            "ingressHttpNodePort": ports["ingressHTTPNodePort"],
            "ingressHttpsNodePort": ports["ingressHTTPSNodePort"],
        }
        return {**common, "manualLbConfig": manual}
    pools = [
        {
            "pool": pool["name"],
            "addresses": pool["addresses"],
            "manualAssign": pool.get("manualAssign", False),
            "avoidBuggyIps": pool.get("avoidBuggyIPs", False),
        }
        for pool in balancer["metalLB"]["addressPools"]
    ]
    return {**common, "metalLbConfig": {"addressPools": pools}}


def _pool(name: str, pool: Resource, user: Resource) -> Resource:
    datastore = pool.get("vsphere", {}).get("datastore") or user.get("vCenter", {}).get(
        "datastore", "dev-ds1"
    )
    vsphere = {
        "datastore": datastore,
        **({"hostGroups": pool["vsphere"]["hostgroups"]} if "hostgroups" in pool.get("vsphere", {}) else {}),
        "tags": [
            {"category": tag["category"], "tag": tag["name"]}
            for tag in pool.get("vsphere", {}).get("tags", ())
        ],
    }
    scaling = pool.get("autoscaling")
    return {
        "name": name,
        "uid": "6b2d8f30",
        "state": "RUNNING",
        "etag": "1",
        "onPremVersion": user["gkeOnPremVersion"],
        "annotations": {},
        "config": {
            "cpus": str(pool.get("cpus", 4)),
            "memoryMb": str(pool.get("memoryMB", 8192)),
            "replicas": str(pool.get("replicas", 3)),
            "bootDiskSizeGb": str(pool.get("bootDiskSizeGB", 40)),
            "imageType": pool.get("osImageType", "ubuntu_cgv2"),
            "enableLoadBalancer": pool.get("enableLoadBalancer", False),
            "labels": pool.get("labels", {}),
            "taints": [
                {"key": one["key"], "value": one["value"], "effect": _EFFECTS[one["effect"]]}
                for one in pool.get("taints", ())
            ],
            "vsphereConfig": vsphere,
        },
        **(
            {
                "nodePoolAutoscaling": {
                    "minReplicas": scaling["minReplicas"],
                    "maxReplicas": scaling["maxReplicas"],
                }
            }
            if scaling
            else {}
        ),
    }
