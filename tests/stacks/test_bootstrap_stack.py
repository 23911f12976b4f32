"""The stack that holds what an environment stands on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from estate.derived.pipeline.ground import ground
from estate.derived.share import shares
from estate.model.estate import Estate
from stacks import app
from stacks.bootstrap_stack import BootstrapStack
from tests.derived.pipeline.grounds import AWS, GITHUB, S3, estate, google, in_aws, in_google, project
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized, make_app

VPC = {
    "cidr": "10.50.0.0/20",
    "zones": {"eu-north-1a": {"private": "10.50.0.0/24", "public": "10.50.1.0/24"}},
}


def synthesize(outdir: Path, whole: Estate, name: str = "dev") -> Synthesized:
    """The ground of one environment."""
    found = ground(whole, name)
    assert found is not None
    stack = BootstrapStack(
        make_app(outdir),
        f"{name}-bootstrap",
        config=whole.environments[name],
        ground=found,
        organization=whole.organization,
        refactoring=whole.refactoring(f"{name}-bootstrap"),
        share=shares(whole)[name],
    )
    return Synthesized(stack)


def statements(policy: str) -> dict[str, dict[str, Any]]:
    """Statements of a policy by id."""
    return {one["Sid"]: one for one in json.loads(policy)["Statement"]}


def test_in_aws(tmp_path: Path) -> None:
    """A bucket with a key of its own, the issuer, and two roles under a boundary; all are protected."""
    stack = synthesize(tmp_path, estate(in_aws()))

    assert stack.json["terraform"]["backend"]["s3"]["key"] == "dev-bootstrap/terraform.tfstate"
    assert "encrypt" not in stack.json["terraform"]["backend"]["s3"]
    assert stack.json["provider"]["aws"][0]["region"] == "eu-west-1"
    for type_ in (
        "aws_s3_bucket",
        "aws_kms_key",
        "aws_iam_role",
        "aws_iam_policy",
        "aws_iam_openid_connect_provider",
    ):
        assert all(one["lifecycle"]["prevent_destroy"] for one in stack.resources(type_).values()), type_
    assert stack.one("aws_s3_bucket")["force_destroy"] is False
    bucket = statements(stack.one("aws_s3_bucket_policy")["policy"])
    assert list(bucket) == ["TlsOnly", "Tls12", "PipelinesUseIt", "NotWhatTheyStandOn"]
    assert "s3:PutBucketPolicy" not in bucket["PipelinesUseIt"]["NotAction"]
    assert "s3:DeleteObjectVersion" not in bucket["PipelinesUseIt"]["NotAction"]
    assert bucket["NotWhatTheyStandOn"]["Resource"] == ["arn:aws:s3:::nk-tfstate/dev-bootstrap/*"]
    key = statements(stack.one("aws_kms_key")["policy"])
    assert key["ThroughS3"]["Condition"]["StringEquals"] == {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}
    assert "kms:PutKeyPolicy" not in key["PipelinesUseIt"]["NotAction"]
    assert "kms:Decrypt" not in key["Administer"]["Action"]
    kept = stack.one("aws_s3_bucket_lifecycle_configuration")["rule"][0]["noncurrent_version_expiration"]
    assert kept == [{"newer_noncurrent_versions": 50, "noncurrent_days": 90}]
    boundary = f"${{{stack.address('aws_iam_policy')}.arn}}"
    roles = {one["name"]: one for one in stack.resources("aws_iam_role").values()}
    assert {one["permissions_boundary"] for one in roles.values()} == {boundary}
    subjects = json.loads(roles["dev-pipeline-writer"]["assume_role_policy"])["Statement"][0]["Condition"]
    assert subjects["StringEquals"]["token.actions.githubusercontent.com:sub"] == [
        "repo:nk/estate:environment:dev",
        "repo:nk@11/estate@22:environment:dev",
    ]
    assert sorted(stack.outputs) == ["aws_region", "aws_role_reader", "aws_role_writer"]


def test_in_google(tmp_path: Path) -> None:
    """A bucket whose key its agent has before it, the pool, and two accounts; all in the ground's project."""
    stack = synthesize(tmp_path, estate(in_google()))

    bucket = stack.one("google_storage_bucket")
    assert bucket["depends_on"] == [stack.address("google_kms_crypto_key_iam_member")]
    assert (bucket["uniform_bucket_level_access"], bucket["public_access_prevention"]) == (True, "enforced")
    assert bucket["lifecycle_rule"][0]["condition"] == {
        "days_since_noncurrent_time": 90,
        "num_newer_versions": 50,
    }
    assert bucket["soft_delete_policy"] == {"retention_duration_seconds": 2_592_000}
    assert stack.one("google_kms_crypto_key")["rotation_period"] == "7776000s"
    provider = stack.one("google_iam_workload_identity_pool_provider")
    assert "assertion.repository_id == '22'" in provider["attribute_condition"]
    accounts = stack.resources("google_service_account").values()
    assert {one["project"] for one in (bucket, provider, *accounts)} == {"nk-dev-ground"}
    assert {one["project"] for one in stack.resources("google_project_iam_member").values()} == {
        "nk-dev-host"
    }
    members = {
        one["member"].rpartition("/")[2]
        for one in stack.resources("google_service_account_iam_member").values()
    }
    assert members == {"22:plan-dev", "22:agreed-dev", "22:drift-dev", "22:dev"}
    states = stack.resources("google_storage_bucket_iam_member").values()
    assert {one["role"] for one in states} == {"roles/storage.objectViewer", "roles/storage.objectUser"}
    assert all(
        "bootstrap" not in one["condition"][0]["expression"]
        if isinstance(one["condition"], list)
        else "bootstrap" not in one["condition"]["expression"]
        for one in states
    )
    for type_ in ("google_storage_bucket", "google_kms_crypto_key", "google_iam_workload_identity_pool"):
        assert stack.one(type_)["lifecycle"] == {"prevent_destroy": True}, type_
    assert stack.outputs["google_provider"]["value"].endswith("workloadIdentityPools/github/providers/github")


def test_what_another_ground_makes_is_referred_to(tmp_path: Path) -> None:
    """Bucket, pool and issuer are named as they will be called."""
    both = {"github": GITHUB, "project": project("dev-ground")}
    first = in_google(bootstrap=both, aws=AWS)
    second = in_google(
        "prod",
        state={"gcs": {"bucket": "nk-dev-tfstate", "prefix": "prod"}},
        bootstrap={**both, "owner": "dev"},
        aws=AWS,
    )
    stack = synthesize(tmp_path, estate(first, second), "prod")

    made = set(stack.counts())
    assert (
        made & {"google_storage_bucket", "google_iam_workload_identity_pool", "google_project_service"}
        == set()
    )
    assert made & {"aws_iam_openid_connect_provider", "aws_s3_bucket"} == set()
    trust = next(iter(stack.resources("aws_iam_role").values()))["assume_role_policy"]
    assert "oidc-provider/token.actions.githubusercontent.com" in trust
    assert {one["bucket"] for one in stack.resources("google_storage_bucket_iam_member").values()} == {
        "nk-dev-tfstate"
    }


def test_a_bucket_of_another_ground_in_s3_is_not_made(tmp_path: Path) -> None:
    """Nor is its key; the identities reach it by what it encrypts."""
    second = in_aws(
        "prod", state={"s3": {**S3["s3"], "prefix": "prod"}}, bootstrap={"github": GITHUB, "owner": "dev"}
    )
    stack = synthesize(tmp_path, estate(in_aws(), second), "prod")

    assert sorted(stack.counts()) == ["aws_iam_policy", "aws_iam_role", "aws_iam_role_policy"]
    policies = [statements(one["policy"]) for one in stack.resources("aws_iam_role_policy").values()]
    assert [one["StateKey"]["Resource"] for one in policies] == [
        ["arn:aws:kms:eu-west-1:210987654321:key/*"]
    ] * 2


def test_without_a_google_section_the_region_is_said(tmp_path: Path) -> None:
    """For an environment in AWS whose state lies in Cloud Storage."""
    ground_ = {"github": GITHUB, "project": project("dev-ground"), "location": "europe-west4"}
    stack = synthesize(tmp_path, estate(in_google(google=None, aws=AWS, bootstrap=ground_)))

    assert stack.one("google_storage_bucket")["location"] == "EUROPE-WEST4"
    assert stack.json["provider"]["google"][0]["project"] == "nk-dev-ground"


def test_every_role_of_the_environment_is_under_the_boundary(tmp_path: Path) -> None:
    """The pipeline may make none without it; without a ground there is none to be under."""
    aws = {**AWS, "management_vpc": VPC}
    with_ground, without = (
        synthesize_one(tmp_path / str(index), estate({**in_aws(aws=aws), "bootstrap": one}), "dev")
        for index, one in enumerate(({"github": GITHUB}, None))
    )

    boundary = "arn:aws:iam::210987654321:policy/dev-pipeline-boundary"
    assert {one.get("permissions_boundary") for one in with_ground.resources("aws_iam_role").values()} == {
        boundary
    }
    assert {one.get("permissions_boundary") for one in without.resources("aws_iam_role").values()} == {None}
    assert without.json["terraform"]["backend"]["s3"]["encrypt"] is True


def test_it_stands_beside_its_environment(tmp_path: Path) -> None:
    """Made with it, with the roles that its content takes, and without an order in cdktf's manifest."""
    network = google("dev-host") | {"network": {"subnets": {"nodes": {"cidr": "10.64.0.0/20"}}}}

    app.synthesize(estate(in_google(google=network)), ["dev"], tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["stacks"]
    assert {name: stack["dependencies"] for name, stack in manifest.items()} == {
        "dev": [],
        "dev-bootstrap": [],
    }
    stack = json.loads((tmp_path / "stacks/dev-bootstrap/cdk.tf.json").read_text("utf-8"))
    roles = {one["role"] for one in stack["resource"]["google_project_iam_member"].values()}
    assert "roles/compute.networkAdmin" in roles


def test_a_state_in_s3_gives_accounts_of_google_nothing(tmp_path: Path) -> None:
    """AWS's roles read and write it."""
    stack = synthesize(tmp_path, estate(in_google(state=S3, aws=AWS)))

    assert stack.resources("google_storage_bucket_iam_member") == {}
    assert len(stack.resources("google_service_account")) == 2
