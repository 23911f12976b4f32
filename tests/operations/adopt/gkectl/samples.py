"""gkectl's files as data: a cluster as people have them, one that uses every field, and an admin cluster."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

Document = dict[str, Any]

USER: Document = {
    "apiVersion": "v1",
    "kind": "UserCluster",
    "name": "batch",
    "gkeOnPremVersion": "1.35.0-gke.525",
    "enableAdvancedCluster": True,
    "enableControlplaneV2": True,
    "enableDataplaneV2": True,
    "network": {
        "hostConfig": {"dnsServers": ["10.30.0.53", "10.30.1.53"], "ntpServers": ["10.30.0.123"]},
        "ipMode": {"type": "static", "ipBlockFilePath": "batch-ipblock.yaml"},
        "serviceCIDR": "10.96.0.0/20",
        "podCIDR": "192.168.0.0/16",
        "vCenter": {"networkName": "vlan-221"},
        "controlPlaneIPBlock": {
            "netmask": "255.255.255.0",
            "gateway": "10.22.1.1",
            "ips": [
                {"ip": "10.22.1.10", "hostname": "batch-cp-1"},
                {"ip": "10.22.1.11", "hostname": "batch-cp-2"},
                {"ip": "10.22.1.12", "hostname": "batch-cp-3"},
            ],
        },
    },
    "loadBalancer": {
        "vips": {"controlPlaneVIP": "10.22.1.5", "ingressVIP": "10.22.1.200"},
        "kind": "MetalLB",
        "metalLB": {
            "addressPools": [
                {"name": "services", "addresses": ["10.22.1.201-10.22.1.220"]},
                {"name": "ingress", "addresses": ["10.22.1.200/32"], "manualAssign": True},
            ]
        },
    },
    "masterNode": {"cpus": 4, "memoryMB": 8192, "replicas": 3},
    "nodePools": [
        {
            "name": "pool-1",
            "cpus": 8,
            "memoryMB": 16384,
            "replicas": 3,
            "bootDiskSizeGB": 40,
            "osImageType": "ubuntu_cgv2",
            "enableLoadBalancer": True,
        }
    ],
    "antiAffinityGroups": {"enabled": True},
    "gkeConnect": {
        "projectID": "kl-dev-host",
        "location": "europe-north1",
        "registerServiceAccountKeyPath": "connect-register.json",
    },
    "stackdriver": {
        "projectID": "kl-dev-host",
        "clusterLocation": "europe-north1",
        "serviceAccountKeyPath": "log-mon.json",
    },
    "autoRepair": {"enabled": True},
}
"""A cluster that an environment takes as it is."""

BLOCKS: Document = {
    "blocks": [
        {
            "netmask": "255.255.255.0",
            "gateway": "10.22.1.1",
            "ips": [
                {"ip": f"10.22.1.{last}", "hostname": f"batch-{position}"}
                for position, last in enumerate((20, 21, 22, 30), 1)
            ],
        }
    ]
}
"""Its IP block file: room for three nodes and one that an update adds."""

ADMIN: Document = {
    "apiVersion": "v1",
    "kind": "AdminCluster",
    "name": "kl-dev-admin",
    "bundlePath": "/var/lib/gke/bundles/gke-onprem-vsphere-1.36.0-gke.532-full.tgz",
    "vCenter": {
        "address": "vcenter.example.com",
        "datacenter": "DC1",
        "cluster": "GKE-DEV",
        "resourcePool": "GKE-DEV/Resources",
        "datastore": "dev-ds1",
        "folder": "kl-dev",
        "caCertPath": "vcenter-ca.pem",
        "credentials": {"fileRef": {"path": "credential.yaml", "entry": "vCenter"}},
    },
    "network": {
        "hostConfig": {"dnsServers": ["10.30.0.53"], "ntpServers": ["10.30.0.123"]},
        "serviceCIDR": "10.96.232.0/24",
        "podCIDR": "192.168.0.0/16",
        "vCenter": {"networkName": "vlan-202"},
        "controlPlaneIPBlock": {
            "netmask": "255.255.255.0",
            "gateway": "10.20.22.1",
            "ips": [{"ip": f"10.20.22.{last}", "hostname": f"admin-{last}"} for last in (10, 11, 12)],
        },
    },
    "loadBalancer": {"vips": {"controlPlaneVIP": "10.20.22.5"}, "kind": "MetalLB"},
    "adminMaster": {"cpus": 4, "memoryMB": 16384, "replicas": 3},
    "gkeConnect": {"projectID": "kl-dev-host", "location": "europe-north1"},
    "stackdriver": {"projectID": "kl-dev-host", "clusterLocation": "europe-north1"},
}
"""The admin cluster of that cluster."""


SECRET = "hunter2-0f3a"  # noqa: S105 - looks like one, which is what it is for
"""Stands wherever somebody may have written a password."""

EVERYTHING: Document = {
    **copy.deepcopy(USER),
    "preparedSecrets": {"namespace": "prepared-secrets-1"},
    "enableWindowsDataplaneV2": False,
    "dataplaneV2": {"forwardMode": "snat"},
    "multipleNetworkInterfaces": False,
    "advancedNetworking": False,
    "disableBundledIngress": True,
    "enableVMTracking": True,
    "vCenter": {
        "address": "vcenter-2.example.com",
        "datacenter": "DC2",
        "cluster": "GKE-2",
        "resourcePool": "pool-of-2",
        "datastore": "datastore-2",
        "caCertPath": "vcenter-2-ca.pem",
        "folder": "folder-2",
        "credentials": {"fileRef": {"path": "credential-2.yaml", "entry": "vcenter-2"}, "password": SECRET},
    },
    "nodePoolUpdatePolicy": {"maximumConcurrentNodePoolUpdate": 7},
    "authentication": {
        "oidc": {"issuerURL": "https://idp.example.com", "clientID": "client-17", "clientSecret": SECRET},
        "ldap": {"host": "ldap.example.com", "simpleBindCredentials": {"password": SECRET}},
        "sni": {"certPath": "sni-cert.pem", "keyPath": "sni-key.pem"},
    },
    "binaryAuthorization": {"evaluationMode": "disabled-evaluation"},
    "storage": {"vSphereCSIDisabled": True},
    "secretsEncryption": {"mode": "GeneratedKey", "generatedKey": {"keyVersion": 23, "disabled": False}},
    "usageMetering": {
        "bigQueryProjectID": "metering-1",
        "bigQueryDatasetID": "metering-set",
        "enableConsumptionMetering": True,
    },
    "cloudRun": {"enabled": False},
    "cloudAuditLogging": {
        "projectID": "kl-audit",
        "clusterLocation": "europe-west4",
        "serviceAccountKeyPath": "audit.json",
    },
    "gkeOnPremAPI": {"enabled": True, "location": "europe-north1"},
    "privateRegistry": {
        "address": "registry.example.com",
        "credentials": {"fileRef": {"path": "registry-credential.yaml", "entry": "registry-1"}},
        "caCertPath": "registry-ca.pem",
    },
    "componentAccessServiceAccountKeyPath": "component-access.json",
}
"""A cluster that uses every field, each with a value that stands nowhere else."""
EVERYTHING["network"]["hostConfig"] |= {"searchDomainsForDNS": ["lab.example.com"]}
EVERYTHING["loadBalancer"] |= {
    "manualLB": {
        "ingressHTTPNodePort": 30301,
        "controlPlaneNodePort": 30302,
        "konnectivityServerNodePort": 30303,
    },
    "f5BigIP": {
        "address": "f5.example.com",
        "partition": "p-1",
        "credentials": {"username": "f5-user", "password": SECRET},
    },
    "seesaw": {
        "ipBlockFilePath": "seesaw-ipblock.yaml",
        "vrid": 125,
        "masterIP": "10.22.1.250",
        "memoryMB": 3072,
    },
}
EVERYTHING["masterNode"] |= {
    "cpus": 5,
    "memoryMB": 9216,
    "autoResize": {"enabled": True},
    "vsphere": {"datastore": "control-plane-ds"},
}
EVERYTHING["nodePools"] = [
    {
        **USER["nodePools"][0],
        "gkeOnPremVersion": "1.34.1-gke.1",
        "osImage": "windows-template",
        "labels": {"tier": "batch-tier"},
        "taints": [{"key": "dedicated", "value": "batches", "effect": "NoSchedule"}],
        "vsphere": {
            "datastore": "pool-ds",
            "storagePolicyName": "pool-policy",
            "hostgroups": ["hostgroup-1"],
            "tags": [{"category": "category-1", "name": "tag-1"}],
        },
        "updateStrategy": {"rollingUpdate": {"maxSurge": 9}},
    },
]
EVERYTHING["stackdriver"] |= {"enableVPC": False, "disableVsphereResourceMetrics": True}
EVERYTHING["gkeConnect"] |= {"agentServiceAccountKeyPath": "connect-agent.json"}

ENVIRONMENT = """\
# The environment of the development team.
environment: dev
state: {local: {}}

google:
  host_project: {id: kl-dev-host, number: 234567890123}
  region: europe-north1

# On-prem.
vmware:
  location: europe-north1
  admin_cluster:
    membership: projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin
    version: 1.36.0-gke.532  # as of spring
  vcenter: {datacenter: DC1, cluster: GKE-DEV, datastore: dev-ds1, folder: kl-dev, hosts: 3}

# One fleet.
fleet: {}
"""
"""An environment that has everything but user clusters."""


def write_environments(folder: Path, environment: str = ENVIRONMENT) -> Path:
    """Write an estate of that environment alone; returns the environment's file."""
    path = folder / "environments" / "dev.yaml"
    path.parent.mkdir()
    path.with_name("organization.yaml").write_text(
        "name: kl\ndomain: example.com\npromotion: [dev]\n", "utf-8"
    )
    path.write_text(environment, "utf-8")
    return path


def changed(document: Document, *path: str | int, to: Any = None) -> Document:
    """The document with another value at ``path``, or with none."""
    copied = copy.deepcopy(document)
    holder: Any = copied
    for part in path[:-1]:
        holder = holder.setdefault(part, {}) if isinstance(holder, dict) else holder[part]
    if to is None:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = to
    return copied
