"""What a ground makes, whom it keeps out, and that nobody whom it makes gets at it."""

from __future__ import annotations

import json

import pytest

from estate.derived.pipeline.boundary import boundary_policy
from estate.derived.pipeline.ground import Ground, ground
from estate.derived.pipeline.rights import Purpose, rights
from estate.model.estate import Estate
from operations.policy.permitted.conditions import holds
from operations.policy.permitted.patterns import like
from tests.derived.pipeline.grounds import AWS, GITHUB, S3, estate, google, in_aws, in_google, project

OWNED = in_aws(
    "prod", state={"s3": {**S3["s3"], "prefix": "prod"}}, bootstrap={"github": GITHUB, "owner": "dev"}
)
WRITER = "arn:aws:iam::210987654321:role/dev-pipeline-writer"
BOUNDARY = "arn:aws:iam::210987654321:policy/dev-pipeline-boundary"


def of(whole: Estate, name: str) -> Ground:
    """The ground of an environment that has one."""
    found = ground(whole, name)
    assert found is not None
    return found


def test_what_is_there_once_is_made_by_its_owner() -> None:
    """The other makes its own identities alone."""
    whole = estate(in_aws(), OWNED)

    assert (of(whole, "dev").makes, of(whole, "dev").owner) == (frozenset({"account", "bucket"}), "dev")
    assert (of(whole, "prod").makes, of(whole, "prod").owner) == (frozenset(), "dev")
    assert [one.role for one in of(whole, "prod").identities] == [
        "prod-pipeline-reader",
        "prod-pipeline-writer",
    ]


def test_a_state_without_a_ground_lies_in_the_same_bucket() -> None:
    """There is no state of a ground of its own to keep anybody from."""
    found = of(estate(in_aws(), {**OWNED, "bootstrap": None}), "dev")

    assert found.states == ("dev-bootstrap",)


def test_none_is_made_where_nothing_says_so() -> None:
    """A section is what makes one."""
    assert ground(estate({**in_aws(), "bootstrap": None}), "dev") is None


def test_every_pipeline_of_the_account_is_kept_from_every_ground_in_the_bucket() -> None:
    """Those of other environments, and whatever roles they make, too."""
    found = of(estate(in_aws(), OWNED), "dev")

    assert [arn.partition("/")[2] for arn in found.pipelines] == [
        "dev-pipeline-reader",
        "dev-pipeline-writer",
        "kl-dev-*",
        "prod-pipeline-reader",
        "prod-pipeline-writer",
        "kl-prod-*",
    ]
    assert found.states == ("dev-bootstrap", "prod-bootstrap")


def test_the_project_has_the_apis_that_accounts_in_it_call() -> None:
    """Google counts calls on it, of every environment whose accounts stand there."""
    second = in_google(
        "prod",
        google={**google("prod-host", 5), "kms_keys": {"disks": {}}},
        bootstrap={"github": GITHUB, "project": project("dev-ground"), "owner": "dev"},
    )

    alone = of(estate(in_google()), "dev").services
    both = of(estate(in_google(), second), "dev").services

    assert {
        "sts.googleapis.com",
        "iamcredentials.googleapis.com",
        "cloudresourcemanager.googleapis.com",
    } <= set(alone)
    assert "compute.googleapis.com" in alone
    assert set(alone) <= set(both)
    assert all(one.endswith(".googleapis.com") for one in both)


def test_no_identity_reads_the_ground_s_state() -> None:
    """Each state is named in what it may read; that of the ground is not."""
    for document in (in_aws(), in_google()):
        whole = estate(document)
        for purpose in Purpose:
            assert "bootstrap" not in json.dumps([str(rights(whole, "dev", purpose))])


def denied(action: str, arn: str, boundary: str | None = BOUNDARY) -> bool:
    """Whether the ceiling keeps whoever stands under it from an action on something."""
    aws = estate(in_aws()).environments["dev"]
    assert aws.aws
    context = {"iam:PermissionsBoundary": boundary} if boundary else {}
    allowed = False
    for one in boundary_policy("kl", aws, aws.aws)["Statement"]:
        actions = one.get("Action", one.get("NotAction"))
        named = any(like(pattern, action).holds for pattern in actions)
        about = one.get("Resource", one.get("NotResource"))
        there = any(like(pattern, arn).holds for pattern in ([about] if isinstance(about, str) else about))
        fits = named is ("Action" in one) and there is ("Resource" in one)
        if fits and holds(one.get("Condition", {}), context).holds:
            if one["Effect"] == "Deny":
                return True
            allowed = True
    return not allowed


@pytest.mark.parametrize(
    ("action", "arn", "boundary"),
    [
        ("iam:PutRolePolicy", WRITER, BOUNDARY),
        ("iam:UpdateAssumeRolePolicy", WRITER, BOUNDARY),
        ("iam:CreatePolicyVersion", BOUNDARY, BOUNDARY),
        ("iam:DeleteOpenIDConnectProvider", "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com", None),
        ("iam:CreateRole", "arn:aws:iam::210987654321:role/kl-dev-x", None),
        ("iam:CreateRole", "arn:aws:iam::210987654321:role/kl-dev-x", "arn:aws:iam::210987654321:policy/other"),
        ("iam:AttachRolePolicy", "arn:aws:iam::210987654321:role/kl-dev-x", None),
        ("iam:DeleteRolePermissionsBoundary", "arn:aws:iam::210987654321:role/kl-dev-x", BOUNDARY),
        ("iam:UpdateAssumeRolePolicy", "arn:aws:iam::210987654321:role/admin", None),
        ("iam:CreateUser", "arn:aws:iam::210987654321:user/x", None),
        ("iam:PassRole", "arn:aws:iam::210987654321:role/admin", None),
    ],
)  # fmt: skip
def test_the_ceiling_keeps_from_the_ground(action: str, arn: str, boundary: str | None) -> None:
    """Itself, the policy, the issuer, roles of others, and roles of its own without the same ceiling."""
    assert denied(action, arn, boundary)


@pytest.mark.parametrize(
    ("action", "arn"),
    [
        ("iam:CreateRole", "arn:aws:iam::210987654321:role/kl-dev-x"),
        ("iam:PutRolePolicy", "arn:aws:iam::210987654321:role/kl-dev-x"),
        ("iam:CreateOpenIDConnectProvider", "arn:aws:iam::210987654321:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/1"),
        ("iam:GetRole", WRITER),
        ("ec2:CreateVpc", "*"),
    ],
)  # fmt: skip
def test_the_ceiling_leaves_what_an_environment_takes(action: str, arn: str) -> None:
    """Roles under the same ceiling, and everything that is none of IAM's."""
    assert not denied(action, arn)


def test_the_ceiling_is_as_long_as_a_managed_policy_may_be() -> None:
    """6,144 characters, blanks not counted, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html."""
    whole = estate(in_aws(aws=AWS))
    environment = whole.environments["dev"]
    assert environment.aws
    assert (
        len(json.dumps(boundary_policy("kl", environment, environment.aws), separators=(",", ":"))) <= 6_144
    )
