"""Rules on small stacks: what they say, and what they leave alone."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from operations.policy.rules.catalog import RULES
from operations.policy.stacks import make_stack

_PINS = {"required_providers": {name: {"version": "1.2.3"} for name in ("google", "aws")}}


def messages(rule_id: str, *resources: tuple[str, Any], **body: Any) -> list[str]:
    """What a rule says of a stack with some resources."""
    found: dict[str, Any] = {}
    for address, arguments in resources:
        type_, name = address.split(".")
        found.setdefault(type_, {})[name] = arguments
    terraform = {**_PINS, "backend": {"gcs": {"bucket": "b", "prefix": "dev"}}}
    stack = make_stack("dev", "dev", {"resource": found, "terraform": terraform, **body})
    [rule] = [rule for rule in RULES if rule.id == rule_id]
    return [finding.message for finding in rule.findings([stack])]


def test_ids_are_unique_and_begin_alike() -> None:
    """A waiver names a rule by its id."""
    ids = [rule.id for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"HYB(_[A-Z0-9]+)+", id_)] == []


def test_a_secret_is_never_printed() -> None:
    """A key that was written into the stack would otherwise be in every log."""
    said = messages("HYB_VPN_SECRET", ("google_compute_vpn_tunnel.T", {"shared_secret": "topsecret"}))

    assert said == ["shared_secret does not come from a variable; make it a sensitive Terraform variable"]


def test_bfd_is_right_on_an_interconnect() -> None:
    """Where a VLAN attachment carries the session, and no tunnel."""
    peer = {"interface": "${google_compute_router_interface.I.name}", "bfd": {"multiplier": 5}}
    interface = {"interconnect_attachment": "${google_compute_interconnect_attachment.A.id}"}

    said = messages(
        "HYB_VPN_BFD",
        ("google_compute_router_peer.P", peer),
        ("google_compute_router_interface.I", interface),
    )

    assert said == []


def test_a_cluster_that_does_not_register_itself_has_a_membership() -> None:
    """Some cluster of another maker, say."""
    assert (
        messages("HYB_FLEET_SELF_REGISTERED", ("google_gke_hub_membership.M", {"membership_id": "m"})) == []
    )


def test_autopilot_has_dataplane_v2_by_itself() -> None:
    """It takes no datapath_provider."""
    assert messages("HYB_GKE_DATAPLANE", ("google_container_cluster.A", {"enable_autopilot": True})) == []


def test_without_a_fleet_an_eks_cluster_is_attached_nowhere() -> None:
    """It may stand by itself until there is one."""
    assert messages("HYB_EKS_ATTACHED", ("aws_eks_cluster.A", {"name": "a"})) == []


def test_an_eks_cluster_that_says_nothing_of_access_is_found_for_both() -> None:
    """Neither default is right."""
    said = messages("HYB_EKS_ACCESS", ("aws_eks_cluster.A", {"name": "a"}))

    assert [message.split(",")[0] for message in said] == [
        "authentication_mode is not said",
        "whoever makes it stays its administrator without an entry; say "
        "bootstrap_cluster_creator_admin_permissions: false",
    ]


def test_an_attached_cluster_without_an_issuer_is_found() -> None:
    """Nothing said is as wrong as another cluster's."""
    [said] = messages("HYB_ATTACHED_ISSUER", ("google_container_attached_cluster.A", {"name": "a"}))

    assert "not read from an EKS cluster" in said


def test_the_same_issuer_as_another_cluster_is_named() -> None:
    """Two clusters mixed up is what happens."""
    [said] = messages(
        "HYB_ATTACHED_ISSUER",
        ("aws_eks_cluster.B", {"name": "b"}),
        (
            "google_container_attached_cluster.A",
            {"name": "a", "oidc_config": [{"issuer_url": "${aws_eks_cluster.B.identity[0].oidc[0].issuer}"}]},
        ),
    )

    assert said.startswith("issuer_url is that of b")


@pytest.mark.parametrize(
    ("statement", "is_open"),
    [
        pytest.param({"Principal": {"Service": "ec2.amazonaws.com"}}, False, id="service"),
        pytest.param({"Principal": "*", "Condition": {"Bool": {}}}, False, id="condition"),
        pytest.param({"Principal": "*", "Effect": "Deny"}, False, id="deny"),
        pytest.param({"Principal": {"AWS": "*"}}, True, id="every-account"),
        pytest.param({"Principal": ["*"]}, True, id="list"),
        pytest.param({}, False, id="policy-of-a-role"),
    ],
)
def test_a_statement_is_open_when_everybody_is_let_in_without_a_condition(
    statement: dict[str, Any], *, is_open: bool
) -> None:
    """Denying everybody, or everybody under a condition, is how buckets are closed."""
    policy = json.dumps({"Statement": [{"Effect": "Allow", **statement}]})

    said = messages("HYB_IAM_PUBLIC", ("aws_s3_bucket_policy.P", {"policy": policy}))

    assert bool(said) is is_open


@pytest.mark.parametrize(
    ("principal", "foreign"),
    [
        pytest.param("arn:aws:iam::111111111111:role/a", False, id="own"),
        pytest.param("arn:aws:iam::222222222222:role/a", True, id="role"),
        pytest.param("arn:aws-eusc:sts::222222222222:assumed-role/a/b", True, id="session"),
        pytest.param("222222222222", True, id="whole-account"),
        pytest.param("${data.aws_caller_identity.A.arn}", False, id="expression"),
    ],
)
def test_a_principal_of_another_account_is_found(principal: str, *, foreign: bool) -> None:
    """In a policy and where an argument names it; what is denied gives nothing."""
    provider = {"aws": [{"allowed_account_ids": ["111111111111"]}]}
    statement = {"Principal": {"AWS": principal}}
    allowed, denied = (json.dumps({"Statement": [{"Effect": e, **statement}]}) for e in ("Allow", "Deny"))

    said = messages(
        "HYB_IAM_ACCOUNT",
        ("aws_kms_key.K", {"policy": allowed}),
        ("aws_s3_bucket_policy.P", {"policy": denied}),
        ("aws_eks_access_entry.E", {"principal_arn": principal}),
        provider=provider,
    )

    assert len(said) == (2 if foreign else 0)
    assert all(said_of.startswith("gives something to AWS account 222222222222") for said_of in said)


def test_without_an_account_every_account_is_another() -> None:
    """A provider that says none would run in whichever account it is signed in to."""
    [said] = messages("HYB_IAM_ACCOUNT", ("aws_kms_grant.G", {"grantee_principal": "222222222222"}))

    assert said.endswith("and the provider allows none; name a principal of the environment's own account")


def test_a_policy_that_is_no_document_allows_nobody() -> None:
    """Such as the name of one, or a list of something else."""
    resources = [(f"aws_x.R{n}", {"bucket_policy": text}) for n, text in enumerate(("a-name", "[]"))]

    assert messages("HYB_IAM_PUBLIC", *resources) == []
    assert messages("HYB_IAM_READABLE", *resources) == []


def test_quotes_inside_of_an_expression_leave_a_policy_readable() -> None:
    """As in the trust of a cluster's service accounts, which names the issuer without https://."""
    policy = '{"Statement": [{"Principal": "*", "Effect": "Allow", "Sid": "${replace(a.b, "-", "")}"}]}'
    resource = ("aws_iam_role.R", {"assume_role_policy": policy})

    assert messages("HYB_IAM_READABLE", resource) == []
    assert len(messages("HYB_IAM_PUBLIC", resource)) == 1


def test_a_policy_that_is_broken_json_is_found() -> None:
    """An unreadable policy passes every check there is."""
    assert len(messages("HYB_IAM_READABLE", ("aws_iam_role.R", {"inline": [{"policy": "{not json"}]}))) == 1


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({"direction": "EGRESS", "allow": [{}], "source_ranges": ["0.0.0.0/0"]}, id="egress"),
        pytest.param({"deny": [{}], "source_ranges": ["0.0.0.0/0"]}, id="deny"),
        pytest.param({"allow": [{}], "source_ranges": ["10.0.0.0/8", "${var.range}"]}, id="own-ranges"),
    ],
)
def test_a_firewall_that_lets_nobody_in_is_left_alone(rule: dict[str, Any]) -> None:
    """Going out to everywhere is another matter."""
    assert messages("HYB_NETWORK_INGRESS", ("google_compute_firewall.F", rule)) == []


@pytest.mark.parametrize("type_", ["aws_security_group_rule", "google_compute_network_firewall_policy_rule"])
def test_rules_for_going_out_are_left_alone(type_: str) -> None:
    """They name the internet where something has to get there."""
    out = {"type": "egress", "direction": "EGRESS", "action": "allow", "cidr_blocks": ["0.0.0.0/0"]}

    assert messages("HYB_NETWORK_INGRESS", (f"{type_}.R", out)) == []


def test_a_versioned_bucket_may_hold_the_state_of_another_stack() -> None:
    """In Cloud Storage as in S3."""
    versioned = {"bucket": "${aws_s3_bucket.B.id}", "versioning_configuration": {"status": "Enabled"}}

    said = messages(
        "HYB_STATE_VERSIONED",
        ("google_storage_bucket.B", {"name": "b", "versioning": [{"enabled": True}]}),
        ("aws_s3_bucket.B", {"bucket": "b"}),
        ("aws_s3_bucket_versioning.V", versioned),
    )

    assert said == []


def test_a_stack_without_a_backend_is_found() -> None:
    """Its state would lie wherever Terraform runs."""
    [said] = messages("HYB_STATE_REMOTE", terraform={})

    assert said.startswith("the state is not said")


def test_a_pin_may_be_written_as_a_text() -> None:
    """Terraform takes the short form too; nothing pinned is said to be so."""
    said = messages(
        "HYB_PROVIDER_PIN",
        terraform={"required_providers": {"a": "1.2.3", "b": ">= 1", "c": {"source": "c"}}},
    )

    assert said == [
        "provider b is pinned as >= 1; name one version such as 6.50.0",
        "provider c is not pinned; name one version such as 6.50.0",
    ]


def test_a_provider_is_known_by_its_type_or_by_what_the_resource_names() -> None:
    """Terraform's own needs no pin; another configuration of a provider is the same provider."""
    said = messages(
        "HYB_PROVIDER_PIN",
        ("terraform_data.D", {}),
        ("google_x.A", {"provider": "google.other"}),
        ("google_x.B", {"provider": "google-beta"}),
    )

    assert said == ["provider google-beta is used and not declared, so any version would do; pin it"]


def test_a_source_is_named_without_its_secret() -> None:
    """A finding is read by everybody."""
    url = "https://token" + "@git.example.com/config.git"
    sync = [
        {"git": [{"secret_type": "none", "sync_repo": repo}]}
        for repo in (url, "https://git.example.com/x.git")
    ]
    members = [
        (f"google_gke_hub_feature_membership.M{n}", {"configmanagement": [{"config_sync": [one]}]})
        for n, one in enumerate(sync)
    ]

    said = messages("HYB_FLEET_SOURCE", *members)

    assert [text.split(" holds ")[0].rpartition("whatever ")[2] for text in said] == [
        "its source",
        "https://git.example.com/x.git",
    ]


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        (
            "vsphere_virtual_machine",
            {"extra_config": {"guestinfo.userdata": "lock_passwd: true, ssh_pwauth: false"}},
        ),
        ("aws_db_instance", {"description": "password: see the vault"}),
        ("aws_instance", {"user_data": "c2hvcnQ="}),
        ("aws_instance", {"user_data": "not Base64 at all, but longer than its least"}),
        ("aws_instance", {"ami": "ami-0123456789abcdef0", "tags": [{"Name": "b"}], "count": 1}),
    ],
)
def test_what_only_speaks_of_secrets_is_left_alone(type_: str, body: Any) -> None:
    """And what is too short, or nothing, to be decoded."""
    assert messages("HYB_SECRETS", (f"{type_}.R", body)) == []


def test_a_key_that_somebody_uses_or_may_use_is_for_something() -> None:
    """In a block deep down, or by its policy; an alias is no use."""
    said = messages(
        "HYB_KEY_USED",
        ("aws_kms_key.Used", {"policy": "{}"}),
        ("aws_kms_key.Lent", {"policy": '{"Action": ["kms:Decrypt"]}'}),
        ("aws_kms_key.Idle", {"policy": "{}"}),
        ("aws_kms_alias.A", {"target_key_id": "${aws_kms_key.Idle.key_id}"}),
        ("aws_x.R", {"settings": [{"keys": ["${aws_kms_key.Used.arn}"]}]}),
    )

    assert len(said) == 1


def test_a_bucket_is_named_by_reference_or_by_name() -> None:
    """Either is one."""
    said = messages(
        "HYB_BUCKET_ENCRYPTED",
        ("aws_s3_bucket.A", {"bucket": "a"}),
        ("aws_s3_bucket.B", {"bucket": "b"}),
        ("aws_s3_bucket.C", {"bucket": "c"}),
        ("aws_s3_bucket_server_side_encryption_configuration.A", {"bucket": "${aws_s3_bucket.A.id}"}),
        ("aws_s3_bucket_server_side_encryption_configuration.B", {"bucket": "b"}),
    )

    assert len(said) == 1


def test_proxies_have_no_flow_logs() -> None:
    """Google takes none there."""
    assert (
        messages("HYB_NETWORK_LOGS", ("google_compute_subnetwork.P", {"purpose": "REGIONAL_MANAGED_PROXY"}))
        == []
    )


@pytest.mark.parametrize(
    ("encrypt", "algorithm", "bucket", "said"),
    [
        (None, "aws:kms", "states", 0),
        (True, None, "elsewhere", 0),
        (None, "AES256", "states", 1),
        (None, "aws:kms", "elsewhere", 1),
        (False, "aws:kms", "states", 1),
    ],
)
def test_a_bucket_s_own_key_encrypts_a_state(
    *, encrypt: bool | None, algorithm: str | None, bucket: str, said: int
) -> None:
    """Where nothing is asked for, and a stack shows the key."""
    default = {"sse_algorithm": algorithm, "kms_master_key_id": "${aws_kms_key.K.arn}"}
    rule = {"apply_server_side_encryption_by_default": default}
    encryption = {"bucket": "${aws_s3_bucket.B.bucket}", "rule": [rule]}
    found = messages(
        "HYB_STATE_ENCRYPTED",
        ("aws_s3_bucket.B", {"bucket": "states"}),
        ("aws_s3_bucket_server_side_encryption_configuration.E", encryption),
        terraform={**_PINS, "backend": {"s3": {"bucket": bucket, "encrypt": encrypt}}},
    )
    assert len(found) == said
