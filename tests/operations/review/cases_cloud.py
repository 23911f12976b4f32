"""Changes of single resources in Google Cloud and AWS, each with what a review has to say of it."""

from __future__ import annotations

from tests.operations.review.cases import Case, resource

GOOGLE = {"google": {"source": "hashicorp/google", "version": "6.50.0"}}
AWS = {"aws": {"source": "hashicorp/aws", "version": "5.100.0"}}
_GOOGLE_PROVIDER = {"provider": {"google": {"project": "kl-host", "region": "europe-north1"}}}
_AWS_PROVIDER = {
    "provider": {
        "aws": {
            "region": "eu-west-1",
            "access_key": "testing",
            "secret_key": "testing",
            "skip_credentials_validation": True,
            "skip_requesting_account_id": True,
            "skip_metadata_api_check": True,
            "skip_region_validation": True,
        }
    }
}


def _google(type_: str, before: object, after: object, **expected: str) -> Case:
    return Case(
        GOOGLE,
        {**_GOOGLE_PROVIDER, **resource(type_, before)} if before else {},
        {**_GOOGLE_PROVIDER, **resource(type_, after)},
        expected,
    )


def _aws(type_: str, before: object, after: object, **expected: str) -> Case:
    return Case(
        AWS,
        {**_AWS_PROVIDER, **resource(type_, before)} if before else {},
        {**_AWS_PROVIDER, **resource(type_, after)},
        expected,
    )


def _policy(action: str, resource_: str = "*") -> str:
    return (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"'
        + action
        + '","Resource":"'
        + resource_
        + '"}]}'
    )


def _tunnels(*interfaces: int, gateway: str = "gateway") -> dict[str, object]:
    shared = "not-a-secret-of-anybody"
    return {
        f"t{interface}": {
            "name": f"t{interface}",
            "shared_secret": shared,
            "vpn_gateway": gateway,
            "vpn_gateway_interface": interface,
            "peer_external_gateway": "onprem",
            "peer_external_gateway_interface": interface,
            "router": "router",
        }
        for interface in interfaces
    }


def _connections(*gateways: str) -> dict[str, object]:
    return {
        gateway: {
            "type": "ipsec.1",
            "customer_gateway_id": gateway,
            "transit_gateway_id": "tgw-1",
            # The service fills in dozens of attributes that no state made by hand has.
            "lifecycle": {"ignore_changes": "all"},
        }
        for gateway in gateways
    }


_FIREWALL = {"name": "ssh", "network": "host", "allow": [{"protocol": "tcp", "ports": ["22"]}]}
_BUCKET = {"name": "kl-tfstate", "location": "EU", "uniform_bucket_level_access": True}
_KEY = {"name": "etcd", "key_ring": "projects/kl-host/locations/eu/keyRings/ring"}
_GKE = {"name": "cloud", "location": "europe-north1", "initial_node_count": 3}
_SUBNET = {"name": "gke", "network": "host", "ip_cidr_range": "10.64.0.0/20"}

CASES: dict[str, Case] = {
    "google-key-destroyed": _google(
        "google_kms_crypto_key", {"etcd": _KEY}, {}, **{"key-destroyed": "critical"}
    ),
    "google-key-renamed": _google(
        "google_kms_crypto_key",
        {"etcd": _KEY},
        {"etcd": {**_KEY, "name": "other"}},
        **{"key-destroyed": "critical"},
    ),
    "google-subnet-range-changed": _google(
        "google_compute_subnetwork",
        {"gke": _SUBNET},
        {"gke": {**_SUBNET, "ip_cidr_range": "10.65.0.0/20"}},
        **{"network-destroyed": "critical"},
    ),
    "google-firewall-opened": _google(
        "google_compute_firewall",
        {"ssh": {**_FIREWALL, "source_ranges": ["198.51.100.0/24"]}},
        {"ssh": {**_FIREWALL, "source_ranges": ["0.0.0.0/0"]}},
        **{"open-to-the-internet": "critical", "firewall-changed": "medium"},
    ),
    "google-firewall-egress": _google(
        "google_compute_firewall",
        {},
        {"out": {**_FIREWALL, "direction": "EGRESS", "destination_ranges": ["0.0.0.0/0"]}},
        **{"otherwise-create": "info"},
    ),
    "google-owner-granted": _google(
        "google_project_iam_member",
        {},
        {"x": {"project": "kl-host", "role": "roles/owner", "member": "group:platform@example.com"}},
        **{"all-powerful": "critical"},
    ),
    "google-viewer-to-service-account": _google(
        "google_project_iam_member",
        {},
        {
            "x": {
                "project": "kl-host",
                "role": "roles/logging.logWriter",
                "member": "serviceAccount:writer@kl-host.iam.gserviceaccount.com",
            }
        },
        widened="medium",
    ),
    "google-grant-to-a-person": _google(
        "google_project_iam_member",
        {},
        {"x": {"project": "kl-host", "role": "roles/viewer", "member": "user:ola@example.com"}},
        person="high",
    ),
    "google-public-bucket": _google(
        "google_storage_bucket_iam_member",
        {},
        {"x": {"bucket": "kl-tfstate", "role": "roles/storage.objectViewer", "member": "allUsers"}},
        public="critical",
    ),
    "google-grant-only-renamed": _google(
        "google_project_iam_member",
        {"old": {"project": "kl-host", "role": "roles/owner", "member": "group:platform@example.com"}},
        {"new": {"project": "kl-host", "role": "roles/owner", "member": "group:platform@example.com"}},
        **{"grant-moves": "low", "otherwise-create": "info"},
    ),
    "google-state-bucket-destroyed": _google(
        "google_storage_bucket", {"state": _BUCKET}, {}, **{"bucket-destroyed": "critical"}
    ),
    "google-state-bucket-versioning-off": _google(
        "google_storage_bucket",
        {"state": {**_BUCKET, "versioning": {"enabled": True}}},
        {"state": {**_BUCKET, "versioning": {"enabled": False}}},
        **{"versioning-off-gcs": "high"},
    ),
    "google-deletion-protection-off": _google(
        "google_container_cluster",
        {"cloud": {**_GKE, "deletion_protection": True}},
        {"cloud": {**_GKE, "deletion_protection": False}},
        **{"deletion-protection-off": "high"},
    ),
    "google-vpn-one-tunnel-gone": _google(
        "google_compute_vpn_tunnel",
        _tunnels(0, 1),
        _tunnels(0),
        **{"vpn-one-interface": "critical", "tunnel-destroyed": "medium"},
    ),
    "google-vpn-all-tunnels-replaced": _google(
        "google_compute_vpn_tunnel",
        _tunnels(0, 1),
        _tunnels(0, 1, gateway="other"),
        **{"vpn-one-interface": "critical", "tunnel-destroyed": "medium"},
    ),
    "google-firewall-deny-gone": _google(
        "google_compute_network_firewall_policy_rule",
        {
            "deny": {
                "firewall_policy": "policy",
                "priority": 65000,
                "action": "deny",
                "direction": "INGRESS",
                "match": {"src_ip_ranges": ["0.0.0.0/0"], "layer4_configs": [{"ip_protocol": "all"}]},
            }
        },
        {},
        **{"deny-destroyed": "high", "routine-destroyed": "medium"},
    ),
    "google-policy-authoritative": _google(
        "google_project_iam_policy",
        {},
        {
            "p": {
                "project": "kl-host",
                "policy_data": '{"bindings":[{"role":"roles/viewer","members":["group:a@example.com"]}]}',
            }
        },
        **{"authoritative-iam": "high", "widened": "medium"},
    ),
    "google-api-off": _google(
        "google_project_service",
        {"gkehub": {"service": "gkehub.googleapis.com"}},
        {},
        **{"api-switched-off": "high"},
    ),
    "aws-key-destroyed": _aws(
        "aws_kms_key", {"secrets": {"description": "secrets"}}, {}, **{"key-destroyed": "critical"}
    ),
    "aws-key-window-shortened": _aws(
        "aws_kms_key",
        {"secrets": {"deletion_window_in_days": 30}},
        {"secrets": {"deletion_window_in_days": 7}},
        **{"deletion-window-short": "high"},
    ),
    "aws-vpc-range-changed": _aws(
        "aws_vpc",
        {"v": {"cidr_block": "10.0.0.0/16"}},
        {"v": {"cidr_block": "10.1.0.0/16"}},
        **{"network-destroyed": "critical"},
    ),
    "aws-ssh-opened": _aws(
        "aws_vpc_security_group_ingress_rule",
        {},
        {
            "ssh": {
                "security_group_id": "sg-1",
                "cidr_ipv4": "0.0.0.0/0",
                "ip_protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
            }
        },
        **{"open-to-the-internet": "critical"},
    ),
    "aws-policy-wildcard": _aws(
        "aws_iam_role_policy",
        {"p": {"name": "p", "role": "r", "policy": _policy("s3:GetObject", "arn:aws:s3:::b/*")}},
        {"p": {"name": "p", "role": "r", "policy": _policy("*")}},
        **{"all-powerful": "critical"},
    ),
    "aws-policy-narrowed": _aws(
        "aws_iam_role_policy",
        {"p": {"name": "p", "role": "r", "policy": _policy("*")}},
        {"p": {"name": "p", "role": "r", "policy": _policy("s3:GetObject", "arn:aws:s3:::b/*")}},
        widened="medium",
    ),
    "aws-bucket-block-off": _aws(
        "aws_s3_bucket_public_access_block",
        {"b": {"bucket": "b", "block_public_acls": True, "block_public_policy": True}},
        {"b": {"bucket": "b", "block_public_acls": False, "block_public_policy": True}},
        **{"public-bucket": "critical"},
    ),
    "aws-logs-kept-shorter": _aws(
        "aws_cloudwatch_log_group",
        {"l": {"name": "l", "retention_in_days": 365}},
        {"l": {"name": "l", "retention_in_days": 30}},
        **{"kept-shorter": "high"},
    ),
    "aws-vpn-one-connection-gone": _aws(
        "aws_vpn_connection",
        _connections("cgw-1", "cgw-2"),
        _connections("cgw-1"),
        **{"vpn-one-connection": "high", "gateway-destroyed": "high"},
    ),
    "aws-policy-attached": _aws(
        "aws_iam_policy_attachment",
        {},
        {"a": {"name": "a", "roles": ["r"], "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}},
        **{"all-powerful": "critical"},
    ),
    "aws-access-key": _aws("aws_iam_access_key", {}, {"k": {"user": "ci"}}, **{"long-lived-key": "high"}),
    "aws-tag-changed": _aws(
        "aws_eip",
        {"a": {"tags": {"Name": "a"}}},
        {"a": {"tags": {"Name": "b"}}},
        **{"words-changed": "low"},
    ),
}
