"""The east-west gateway: where proxies of other clusters send what is for this one's services.

Plain objects, because Cloud Service Mesh and upstream Istio take the same; the proxy itself is put in by the control plane. Two
ports and no more: istiod's own, 15012 and 15017, are for clusters without a control plane of their own. Left out as well: the
right to read Secrets that the charts give to every gateway. This one ends no TLS and needs none, and in its namespace lie the
Secrets that open the other clusters. manifests/charts/gateway of istio/istio, release-1.31 (2026-12-01).
"""

from __future__ import annotations

from typing import Final

from estate.derived.clusters.mesh import MESH_NAMESPACE, MeshContents
from estate.derived.fleet.mesh import EAST_WEST_PORT, STATUS_PORT
from manifests.kubernetes_object import Object, metadata
from manifests.mesh_objects import NETWORK, WAITS
from manifests.namespaces import REVISION

GATEWAY: Final = "istio-eastwestgateway"
"""Name of the gateway's objects."""
_SELECTOR: Final = {"app": GATEWAY, "istio": "eastwestgateway"}
_FEWEST, _MOST, _CPU_PERCENT = 2, 5, 80


def mesh_gateway(config: MeshContents) -> list[Object]:
    """The gateway and what it takes."""
    return [_account(), _deployment(config), _scaler(), _service(config), _taken()]


def _account() -> Object:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": _metadata()}


def _metadata(**labels: str) -> Object:
    return {**metadata(GATEWAY, MESH_NAMESPACE), "labels": {**_SELECTOR, **labels}}


def _deployment(config: MeshContents) -> Object:
    """Without a number of pods, which the scaler says."""
    member = config.member
    template = {
        "metadata": {
            "annotations": {"inject.istio.io/templates": "gateway"},
            "labels": {
                **_SELECTOR,
                REVISION: member.revision,
                "sidecar.istio.io/inject": "true",
                NETWORK: member.network,
            },
        },
        "spec": {
            "serviceAccountName": GATEWAY,
            "topologySpreadConstraints": [
                {
                    "maxSkew": 1,
                    "topologyKey": "kubernetes.io/hostname",
                    "whenUnsatisfiable": "ScheduleAnyway",
                    "labelSelector": {"matchLabels": dict(_SELECTOR)},
                }
            ],
            "containers": [_proxy(member.network)],
        },
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": _metadata(),
        "spec": {"selector": {"matchLabels": dict(_SELECTOR)}, "template": template},
    }


def _proxy(network: str) -> Object:
    """The container that the control plane makes the proxy of; it sees its own network's endpoints alone."""
    return {
        "name": "istio-proxy",
        "image": "auto",
        "env": [{"name": "ISTIO_META_REQUESTED_NETWORK_VIEW", "value": network}],
        "resources": {
            "requests": {"cpu": "100m", "memory": "128Mi"},
            "limits": {"cpu": "2", "memory": "1Gi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "runAsNonRoot": True,
        },
    }


def _scaler() -> Object:
    target = {"type": "Utilization", "averageUtilization": _CPU_PERCENT}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": _metadata(),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": GATEWAY},
            "minReplicas": _FEWEST,
            "maxReplicas": _MOST,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
        },
    }


def _service(config: MeshContents) -> Object:
    ports = {"status-port": STATUS_PORT, "tls": EAST_WEST_PORT}
    named = _metadata(**{NETWORK: config.member.network})
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {**named, **({"annotations": dict(config.balancer)} if config.balancer else {})},
        "spec": {
            "type": "LoadBalancer",
            "loadBalancerIP": str(config.member.east_west_vip),
            "selector": dict(_SELECTOR),
            "ports": [
                {"name": name, "port": port, "targetPort": port, "protocol": "TCP"}
                for name, port in ports.items()
            ],
        },
    }


def _taken() -> Object:
    """What comes in is passed on by its name, and never opened: which services that may be, the control plane's settings say."""
    server = {
        "port": {"number": EAST_WEST_PORT, "name": "tls", "protocol": "TLS"},
        "tls": {"mode": "AUTO_PASSTHROUGH"},
        "hosts": ["*.local"],
    }
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": "Gateway",
        "metadata": {**metadata("cross-network-gateway", MESH_NAMESPACE), "annotations": dict(WAITS)},
        "spec": {"selector": {"istio": "eastwestgateway"}, "servers": [server]},
    }
