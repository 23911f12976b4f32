"""What somebody did to break each rule of this project."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.operations.policy.additions import add
from tests.operations.policy.permitted.need_defects import DEFECTS, statements
from tests.operations.policy.ways.way_defects import DEFECTS as WAYS
from tests.operations.policy.world import Break, World, adding, change, first

_WRITER = "${google_service_account.Accounts_writer_E5E2D9B2.member}"
_CLUSTER = "google_gkeonprem_vmware_cluster"


def _backend(stack: str, **settings: Any) -> Break:
    """Change settings of an S3 backend."""

    def break_(world: World) -> None:
        world[stack]["terraform"]["backend"]["s3"].update(settings)

    return break_


def _key(part: str, value: str) -> Break:
    """Change a tunnel's pre-shared key."""

    def break_(world: World) -> None:
        first(world, "prod", "google_compute_vpn_tunnel", part)["shared_secret"] = value

    return break_


def _drop_tunnel(world: World) -> None:
    del world["prod"]["resource"]["google_compute_vpn_tunnel"]["Added_b"]


def _one_interface(world: World) -> None:
    first(world, "prod", "google_compute_vpn_tunnel", "Added_b")["vpn_gateway_interface"] = 0


def _plain_variable(world: World) -> None:
    world["prod"]["variable"]["key_a"]["sensitive"] = False


def _default_key(world: World) -> None:
    world["prod"]["variable"]["key_a"]["default"] = "not-a-real-key"


def _no_session(world: World) -> None:
    del world["prod"]["resource"]["google_compute_router_peer"]["Added_a"]


def _two_control_plane_addresses(world: World) -> None:
    network = first(world, "prod", _CLUSTER)["network_config"]
    network["control_plane_v2_config"]["control_plane_ip_block"]["ips"].pop()


def _no_control_plane_block(world: World) -> None:
    first(world, "prod", _CLUSTER)["network_config"]["control_plane_v2_config"] = None


def _second_fleet(world: World) -> None:
    fleet = first(world, "prod", "google_gke_hub_fleet")
    add(world["dev"], ("google_gke_hub_fleet.Second", dict(fleet)))


def _second_membership(world: World) -> None:
    name = first(world, "prod", _CLUSTER)["name"]
    add(world["prod"], ("google_gke_hub_membership.Second", {"membership_id": name}))


def _deleted_cluster(world: World) -> None:
    clusters = world["prod"]["resource"][_CLUSTER]
    del clusters[next(iter(clusters))]


def _not_attached(world: World) -> None:
    del world["prod-added"]["resource"]["google_container_attached_cluster"]


def _policy_by_terraform(world: World) -> None:
    policy = first(world, "prod", "aws_iam_role_policy")
    policy["policy"] = (
        '${jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = "*", "Resource" = "*"}]})}'
    )


def _inline_ingress(world: World) -> None:
    group = first(world, "prod", "aws_security_group")
    group["ingress"] = [
        # checkov takes the first for the whole group, and a prefix list for a restriction.
        {"protocol": "tcp", "from_port": 22, "to_port": 22, "self": True, "cidr_blocks": None},
        {
            "protocol": "-1",
            "from_port": 0,
            "to_port": 0,
            "cidr_blocks": ["0.0.0.0/0"],
            "prefix_list_ids": ["pl-1"],
        },
    ]


def _same_state(world: World) -> None:
    world["dev"]["terraform"]["backend"] = world["test"]["terraform"]["backend"]


def _loose_pin(world: World) -> None:
    world["prod"]["terraform"]["required_providers"]["aws"]["version"] = "~> 6.25"


def _no_pin(world: World) -> None:
    del world["prod"]["terraform"]["required_providers"]["google"]


def _local_state(world: World) -> None:
    world["prod"]["terraform"]["backend"] = {"local": {"path": "terraform.tfstate"}}


def _open_policy(principal: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _bucket_without_encryption(world: World) -> None:
    del world["sandbox"]["resource"]["aws_s3_bucket_server_side_encryption_configuration"]


def _sync(type_: str, *blocks: str) -> Break:
    """Have clusters read a public repository."""

    def break_(world: World) -> None:
        found = next(body for body in world["prod"]["resource"][type_].values() if blocks[0] in body)
        for key in blocks:
            found = found.setdefault(key, {})
        found |= {"secret_type": "none", "sync_repo": "https://git.example.org/config.git"}

    return break_


def _token_in_url(world: World) -> None:
    member = first(world, "prod", "google_gke_hub_feature_membership", "config_sync")
    member["configmanagement"]["config_sync"]["git"]["sync_repo"] = (
        "https://token" + "@git.example.com/config.git"
    )


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_EIGHTS = [f"{first_part}.0.0.0/8" for first_part in range(1, 224) if first_part not in {10, 127}]
_PERSON = {"project": "kl-prod-host", "member": "user:kari.nordmann@example.com"}
_STATE_BUCKET = "kl-dev-tfstate"


def _let(*actions: str) -> Break:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}

    def break_(world: World) -> None:
        roles = world["prod-bootstrap"]["resource"]["aws_iam_role"]
        # The boundary goes with it: it denies by itself what the statement allows.
        next(body for name, body in roles.items() if "writer" in name).pop("permissions_boundary")
        policy = first(world, "prod-bootstrap", "aws_iam_role_policy", "writer")
        document = json.loads(policy["policy"])
        document["Statement"] = [statement]
        policy["policy"] = json.dumps(document)

    return break_


def _off_the_boundary(world: World) -> None:
    first(world, "prod-bootstrap", "aws_iam_role", "writer").pop("permissions_boundary")


OWN: tuple[tuple[str, str, Break], ...] = (
    ("HYB_VPN_INTERFACES", "left a gateway with one tunnel", _drop_tunnel),
    ("HYB_VPN_INTERFACES", "put both tunnels on one interface", _one_interface),
    ("HYB_VPN_IKE", "went back to IKEv1", change("prod", "google_compute_vpn_tunnel", "Added_a", ike_version=1)),
    ("HYB_VPN_IKE", "left IKE to AWS", change("prod", "aws_vpn_connection", "Added", tunnel2_ike_versions=None)),
    (
        "HYB_VPN_IKE",
        "let AWS speak IKEv1 too",
        change("prod", "aws_vpn_connection", "Added", tunnel1_ike_versions=["ikev1", "ikev2"]),
    ),
    (
        "HYB_VPN_SECRET",
        "wrote a key into a tunnel",
        _key("Added_a", "not-a-real-key"),
    ),
    (
        "HYB_VPN_SECRET",
        "let AWS make the key",
        change("prod", "aws_vpn_connection", "Added", tunnel1_preshared_key=None),
    ),
    (
        "HYB_VPN_SECRET",
        "wrote an MD5 key into a session",
        change(
            "prod",
            "google_compute_router_peer",
            "Added_a",
            md5_authentication_key={"name": "a", "key": "not-a-real-key"},
        ),
    ),
    ("HYB_VPN_SECRET", "took sensitive off a variable", _plain_variable),
    ("HYB_VPN_SECRET", "gave a key's variable a default", _default_key),
    (
        "HYB_VPN_OWN_SECRET",
        "used one key for both tunnels",
        _key("Added_b", "${var.key_a}"),
    ),
    (
        "HYB_VPN_BFD",
        "switched BFD on",
        change(
            "prod", "google_compute_router_peer", "Added_a", bfd={"session_initialization_mode": "ACTIVE"}
        ),
    ),
    ("HYB_VPN_BGP", "deleted a BGP session", _no_session),
    ("HYB_VPN_IMPORTS", "let a session take everything", change("prod", "google_compute_router_peer", "Vpn_Onprem", import_policies=None)),
    ("HYB_FLEET_ONE", "made the fleet in two environments", _second_fleet),
    ("HYB_FLEET_SELF_REGISTERED", "registered a cluster that registers itself", _second_membership),
    ("HYB_FLEET_MEMBER", "took a GKE cluster out of the fleet", change("prod", "google_container_cluster", "Added", fleet=None)),
    ("HYB_FLEET_BINDING", "deleted a cluster and left its bindings", _deleted_cluster),
    (
        "HYB_FLEET_BINDING",
        "bound a scope that is not there",
        change("prod", "google_gke_hub_membership_binding", "", scope="${google_gke_hub_scope.Gone.name}"),
    ),
    ("HYB_VMWARE_CONTROLPLANE", "left Controlplane V2 to the default", change("prod", _CLUSTER, "", enable_control_plane_v2=None)),
    ("HYB_VMWARE_CONTROLPLANE", "named no control-plane addresses", _no_control_plane_block),
    ("HYB_VMWARE_DATAPLANE", "switched Dataplane V2 off", change("prod", _CLUSTER, "", dataplane_v2={"dataplane_v2_enabled": False})),
    ("HYB_VMWARE_VERSION", "went back to a version out of support", change("prod", _CLUSTER, "", on_prem_version="1.29.0-gke.1456")),
    ("HYB_VMWARE_REPLICAS", "left the replicas to the default", change("prod", _CLUSTER, "", control_plane_node={"cpus": 4})),
    ("HYB_VMWARE_REPLICAS", "made do with one control-plane node", change("prod", _CLUSTER, "", control_plane_node={"replicas": 1})),
    ("HYB_VMWARE_REPLICAS", "named two control-plane addresses", _two_control_plane_addresses),
    ("HYB_GKE_DATAPLANE", "made a GKE cluster with the older dataplane", change("prod", "google_container_cluster", "Added", datapath_provider=None)),
    ("HYB_EKS_ATTACHED", "did not attach an EKS cluster", _not_attached),
    ("HYB_EKS_ACCESS", "kept the aws-auth ConfigMap", change("prod", "aws_eks_cluster", "Added", access_config={"authentication_mode": "API_AND_CONFIG_MAP", "bootstrap_cluster_creator_admin_permissions": False})),
    ("HYB_EKS_ACCESS", "left its maker administrator", change("prod", "aws_eks_cluster", "Added", access_config={"authentication_mode": "API"})),
    ("HYB_EKS_ROLES", "gave an IAM user access", change("prod", "aws_eks_access_entry", "Added", principal_arn="arn:aws:iam::345678901234:user/kari")),
    ("HYB_ATTACHED_ISSUER", "typed the issuer in", change("prod-added", "google_container_attached_cluster", "Added", oidc_config={"issuer_url": "https://oidc.example.com/id/1"})),
    ("HYB_ATTACHED_ISSUER", "attached one cluster under another's name", change("prod-added", "google_container_attached_cluster", "Added", name="kl-other")),
    ("HYB_ATTACHED_GROUPS", "named administrators by person", change("prod-added", "google_container_attached_cluster", "Added", authorization={"admin_users": ["kari.nordmann@example.com"]})),
    ("HYB_ATTACHED_LOGS", "switched its logs off", change("prod-added", "google_container_attached_cluster", "Added", logging_config=None)),
    ("HYB_IAM_ADDITIVE", "set a role's whole list", adding("prod", "google_project_iam_binding.Added", role="roles/logging.viewer", members=["group:a@example.com"])),
    ("HYB_IAM_ADDITIVE", "set a project's whole policy", adding("prod", "google_project_iam_policy.Added", policy_data="{}")),
    ("HYB_IAM_ADDITIVE", "attached a policy exclusively", adding("prod", "aws_iam_policy_attachment.Added", name="a", roles=["b"])),
    ("HYB_IAM_ADDITIVE", "listed a role's policies in the role", change("prod", "aws_iam_role", "", managed_policy_arns=["arn:aws:iam::aws:policy/ReadOnlyAccess"])),
    ("HYB_IAM_PRIMITIVE", "made a group editor of a project", adding("prod", "google_project_iam_member.Added", role="roles/editor", member="group:platform@example.com")),
    ("HYB_IAM_PRIMITIVE", "made a group viewer of a project", adding("prod", "google_project_iam_member.Added", role="roles/viewer", member="group:platform@example.com")),
    ("HYB_IAM_GROUPS", "gave a person a role for ever", adding("prod", "google_project_iam_member.Added", role="roles/gkehub.viewer", **_PERSON)),
    ("HYB_IAM_GROUPS", "gave a person a role under a condition without a day", adding("prod", "google_project_iam_member.Added", role="roles/gkehub.viewer", condition={"expression": "true"}, **_PERSON)),
    ("HYB_IAM_GROUPS", "gave everybody of the domain a role", adding("prod", "google_project_iam_member.Added", role="roles/gkehub.viewer", member="domain:example.com")),
    ("HYB_IAM_GROUPS", "bound a person in a scope", change("prod", "google_gke_hub_scope_rbac_role_binding", "", group=None, user="kari.nordmann@example.com")),
    ("HYB_IAM_PUBLIC", "gave everybody a role", adding("prod", "google_project_iam_member.Added", role="roles/logging.viewer", member="allUsers")),
    ("HYB_IAM_PUBLIC", "let everybody read a bucket", change("sandbox", "aws_s3_bucket_policy", "", policy=_open_policy("*"))),
    ("HYB_IAM_PUBLIC", "let every account read a bucket", change("sandbox", "aws_s3_bucket_policy", "", policy=_open_policy({"AWS": ["*"]}))),
    ("HYB_IAM_PUBLIC", "let everybody use a key", change("sandbox", "aws_kms_key", "", policy=_open_policy("*"))),
    ("HYB_IAM_ACCOUNT", "let another account read a bucket", change("sandbox", "aws_s3_bucket_policy", "", policy=_open_policy({"AWS": "999999999999"}))),
    ("HYB_IAM_ACCOUNT", "let another account's role use a key", change("sandbox", "aws_kms_key", "", policy=_open_policy({"AWS": ["arn:aws:iam::999999999999:role/x"]}))),
    ("HYB_IAM_ACCOUNT", "let another account's role into a cluster", change("prod", "aws_eks_access_entry", "Added", principal_arn="arn:aws:iam::999999999999:role/x")),
    ("HYB_IAM_READABLE", "let Terraform write a policy", _policy_by_terraform),
    *((rule, name, break_) for _, rule, name, break_ in DEFECTS),
    *WAYS,
    ("HYB_NETWORK_INGRESS", "opened a group past a prefix list", _inline_ingress),
    ("HYB_NETWORK_INGRESS", "opened all protocols by a rule", change("sandbox", "aws_vpc_security_group_ingress_rule", "AllFromNodes", cidr_ipv4="0.0.0.0/0")),
    ("HYB_NETWORK_INGRESS", "opened both halves of the internet", adding("prod", "aws_security_group_rule.Added", type="ingress", cidr_blocks=["0.0.0.0/1", "128.0.0.0/1"])),
    ("HYB_NETWORK_INGRESS", "opened a firewall", adding("prod", "google_compute_firewall.Added", allow=[{"protocol": "tcp"}], source_ranges=["0.0.0.0/0"])),
    ("HYB_NETWORK_INGRESS", "opened a firewall policy", adding("prod", "google_compute_network_firewall_policy_rule.Added", direction="INGRESS", action="allow", match={"src_ip_ranges": ["::/0"]})),
    ("HYB_NETWORK_INGRESS", "opened the internet as 221 ranges", adding("prod", "google_compute_network_firewall_policy_rule.Added", direction="INGRESS", action="allow", match={"src_ip_ranges": _EIGHTS})),
    ("HYB_NETWORK_INGRESS", "named no source", adding("prod", "google_compute_network_firewall_policy_rule.Added", direction="INGRESS", action="allow", match={"layer4_configs": [{"ip_protocol": "all"}]})),
    ("HYB_NETWORK_INGRESS", "named no source in a firewall", adding("prod", "google_compute_firewall.Added", allow=[{"protocol": "tcp"}])),
    ("HYB_NETWORK_INGRESS", "put an API on the internet", change("prod", "aws_eks_cluster", "EksClusters", vpc_config={"endpoint_public_access": True})),
    ("HYB_NETWORK_PUBLIC", "let a public range in", adding("prod", "aws_vpc_security_group_ingress_rule.Added", cidr_ipv4="198.51.100.0/24")),
    ("HYB_NETWORK_PUBLIC", "let a public range in to an API", change("prod", "aws_eks_cluster", "EksClusters", vpc_config={"endpoint_public_access": True, "public_access_cidrs": ["198.51.100.0/24"]})),
    ("HYB_NETWORK_PUBLIC", "let a public range of IPv6 in", adding("prod", "aws_security_group_rule.Added", type="ingress", ipv6_cidr_blocks=["2001:db8::/48"])),
    ("HYB_NETWORK_LOGS", "switched NAT's logs off", change("prod", "google_compute_router_nat", "", log_config={"enable": False, "filter": "ALL"})),
    ("HYB_NETWORK_LOGS", "switched flow logs off", change("prod", "google_compute_subnetwork", "Subnets_gke", log_config=None)),
    ("HYB_NETWORK_LOGS", "refused without a log", change("prod", "google_compute_network_firewall_policy_rule", "Deny", enable_logging=False)),
    ("HYB_KEY_USED", "made a key for nothing", adding("prod", "aws_kms_key.Added", description="later", policy="{}")),
    ("HYB_KEY_USED", "made a key for nothing in Google Cloud", adding("prod", "google_kms_crypto_key.Added", name="later")),
    ("HYB_GKE_SECRETS", "decrypted a cluster's secrets", change("prod", "google_container_cluster", "Added", database_encryption={"state": "DECRYPTED"})),
    ("HYB_GKE_SECRETS", "said nothing of a cluster's secrets", change("prod", "google_container_cluster", "Added", database_encryption=None)),
    ("HYB_BUCKET_ENCRYPTED", "took a bucket's encryption out", _bucket_without_encryption),
    ("HYB_FLEET_SOURCE", "synced from a public repository", _sync("google_gke_hub_feature_membership", "configmanagement", "config_sync", "git")),
    ("HYB_FLEET_SOURCE", "made a public repository the fleet's default", _sync("google_gke_hub_feature", "fleet_default_member_config", "configmanagement", "config_sync", "git")),
    ("HYB_IAM_EVERYTHING", "made a team cluster administrator", change("prod", "google_gke_hub_scope_rbac_role_binding", "", role={"custom_role": "cluster-admin"})),
    ("HYB_IAM_EVERYTHING", "let everybody into vCenter", change("sandbox-vsphere", "vsphere_entity_permissions", "", permissions=[{"user_or_group": "VSPHERE.LOCAL\\Everyone", "role_id": "-1"}])),
    ("HYB_IAM_EVERYTHING", "let everybody of the domain into vCenter", change("sandbox-vsphere", "vsphere_entity_permissions", "", permissions=[{"user_or_group": "Domain Users@example.com", "role_id": "-1"}])),
    ("HYB_VSPHERE_PORT_GROUP", "let a port group listen", change("sandbox-vsphere", "vsphere_distributed_port_group", "", allow_promiscuous=True)),
    ("HYB_SECRETS", "wrote a private key into a description", change("prod", "aws_kms_key", "", description="-----BEGIN " + "PRIVATE KEY-----")),
    ("HYB_SECRETS", "put a token into a repository's URL", _token_in_url),
    ("HYB_SECRETS", "gave a machine a password", change("sandbox-vsphere", "vsphere_virtual_machine", "", extra_config={"guestinfo.userdata": _encoded('#cloud-config\n{"users": [{"name": "ubuntu", "plain_text_passwd": "word"}]}')})),
    ("HYB_SECRETS", "gave a bastion a password", change("prod", "aws_instance", "", user_data="#cloud-config\nchpasswd: {list: [ubuntu:word]}\n")),
    ("HYB_STATE_REMOTE", "moved the state to a laptop", _local_state),
    ("HYB_STATE_ENCRYPTED", "stopped encrypting the state", _backend("prod", encrypt=False)),
    ("HYB_STATE_LOCKED", "stopped locking the state", _backend("prod", use_lockfile=None)),
    ("HYB_STATE_OWN", "copied another environment's backend", _same_state),
    ("HYB_STATE_VERSIONED", "made a state's bucket without versions", adding("prod", "google_storage_bucket.Added", name=_STATE_BUCKET, versioning={"enabled": False})),
    ("HYB_STATE_VERSIONED", "made a state's bucket in S3 without versions", adding("prod", "aws_s3_bucket.Added", bucket="kl-prod-tfstate")),
    ("HYB_GROUND_FIRM", "gave the writer more than an environment's", _let("iam:*", "s3:*", "kms:*")),
    ("HYB_GROUND_FIRM", "took the boundary off the writer", _off_the_boundary),
    ("HYB_GROUND_FIRM", "took the pipelines' denials out of the bucket's policy", statements("prod-bootstrap", "aws_s3_bucket_policy", "", "policy", lambda found: found[:1])),
    ("HYB_GROUND_FIRM", "took the pipelines' denials out of the key's policy", statements("prod-bootstrap", "aws_kms_key", "", "policy", lambda found: [one for one in found if one["Effect"] == "Allow"])),
    ("HYB_GROUND_FIRM", "gave the writer a role in the ground's project", adding("dev-bootstrap", "google_project_iam_member.Added", project="kl-ground", role="roles/iam.serviceAccountAdmin", member=_WRITER)),
    ("HYB_GROUND_FIRM", "had the environment's own stack give it", adding("dev", "google_project_iam_member.Added", project="kl-ground", role="roles/browser", member="serviceAccount:dev-pipeline-writer@kl-ground.iam.gserviceaccount.com")),
    ("HYB_GROUND_FIRM", "let the writer administer the bucket", adding("dev-bootstrap", "google_storage_bucket_iam_member.Added", bucket="kl-dev-tfstate", role="roles/storage.admin", member=_WRITER)),
    ("HYB_GROUND_FIRM", "let the writer speak for another account", adding("dev-bootstrap", "google_service_account_iam_member.Added", service_account_id="x", role="roles/iam.serviceAccountTokenCreator", member=_WRITER)),
    ("HYB_GROUND_FIRM", "named no states", adding("dev-bootstrap", "google_storage_bucket_iam_member.Added", bucket="kl-dev-tfstate", role="roles/storage.objectUser", member=_WRITER)),
    ("HYB_GROUND_FIRM", "named the ground's own state", adding("dev-bootstrap", "google_storage_bucket_iam_member.Added", bucket="kl-dev-tfstate", role="roles/storage.objectUser", member=_WRITER, condition={"title": "states", "expression": 'resource.name == "projects/_/buckets/kl-dev-tfstate/objects/dev-bootstrap/default.tfstate"'})),
    ("HYB_PROVIDER_PIN", "loosened a provider's pin", _loose_pin),
    ("HYB_PROVIDER_PIN", "took a provider's pin out", _no_pin),
)  # fmt: skip
"""Rule, what somebody did, and how."""
