"""Resources as the synthesized JSON has them, for rules on what not every environment holds."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def add(body: Body, *addresses_and_arguments: tuple[str, Body]) -> None:
    """Put resources into a stack's JSON."""
    for address, arguments in addresses_and_arguments:
        type_, name = address.split(".")
        body.setdefault("resource", {}).setdefault(type_, {})[name] = arguments


def add_vpn(body: Body) -> None:
    """A VPN with two tunnels to on-prem, and one connection to AWS."""
    body.setdefault("variable", {}).update(
        {name: {"type": "string", "sensitive": True} for name in ("key_a", "key_b", "key_c", "key_d", "md5")}
    )
    gateway = {"name": "vpn", "network": "${google_compute_network.Network.id}", "region": "europe-north1"}
    add(body, ("google_compute_ha_vpn_gateway.Added", gateway))
    for interface, letter in enumerate("ab"):
        tunnel = f"google_compute_vpn_tunnel.Added_{letter}"
        link = f"google_compute_router_interface.Added_{letter}"
        add(
            body,
            (
                tunnel,
                {
                    "ike_version": 2,
                    "router": "${google_compute_router.Added.id}",
                    "shared_secret": f"${{var.key_{letter}}}",
                    "vpn_gateway": "${google_compute_ha_vpn_gateway.Added.id}",
                    "vpn_gateway_interface": interface,
                },
            ),
            (link, {"router": "${google_compute_router.Added.name}", "vpn_tunnel": f"${{{tunnel}.name}}"}),
            (
                f"google_compute_router_peer.Added_{letter}",
                {
                    "interface": f"${{{link}.name}}",
                    "peer_asn": 65010,
                    "md5_authentication_key": {"name": letter, "key": "${var.md5}"},
                    "bfd": None,
                    "import_policies": ["added"],
                },
            ),
        )
    add(
        body,
        (
            "aws_vpn_connection.Added",
            {
                "type": "ipsec.1",
                **{f"tunnel{n}_ike_versions": ["ikev2"] for n in (1, 2)},
                "tunnel1_preshared_key": "${var.key_c}",
                "tunnel2_preshared_key": "${var.key_d}",
            },
        ),
    )


def add_eks(body: Body, attach: Body) -> None:
    """An EKS cluster in an environment's stack, attached to the fleet in its companion."""
    add(
        body,
        (
            "aws_eks_cluster.Added",
            {
                "name": "kl-added",
                "access_config": {
                    "authentication_mode": "API",
                    "bootstrap_cluster_creator_admin_permissions": False,
                },
            },
        ),
        (
            "aws_eks_access_entry.Added",
            {
                "cluster_name": "${aws_eks_cluster.Added.name}",
                "principal_arn": "arn:aws:iam::345678901234:role/platform",
            },
        ),
    )
    attach["data"] = {"aws_eks_cluster": {"Existing": {"name": "kl-added"}}}
    add(
        attach,
        (
            "google_container_attached_cluster.Added",
            {
                "name": "kl-added",
                "authorization": {"admin_groups": ["platform@example.com"]},
                "fleet": {"project": "projects/456789012345"},
                "logging_config": {"component_config": {"enable_components": ["SYSTEM_COMPONENTS"]}},
                "oidc_config": {"issuer_url": "${data.aws_eks_cluster.Existing.identity[0].oidc[0].issuer}"},
            },
        ),
    )


def add_gke(body: Body) -> None:
    """A GKE cluster in the fleet."""
    add(
        body,
        (
            "google_container_cluster.Added",
            {
                "name": "kl-added-gke",
                "datapath_provider": "ADVANCED_DATAPATH",
                "database_encryption": {
                    "state": "ENCRYPTED",
                    "key_name": "projects/p/locations/l/keyRings/r/cryptoKeys/k",
                },
                "fleet": {"project": "kl-prod-host"},
            },
        ),
    )
