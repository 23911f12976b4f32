"""What an identity of a pipeline may do, by what the environment holds."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from estate.derived.pipeline.rights import Purpose, Rights, rights
from estate.facts.terraform_rights import aws_reads, aws_writes, google_reads
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.project import SNAPSHOTS
from tests.example import ENVIRONMENTS, ESTATE, NAMES, PLANS
from tests.facts.test_terraform_rights import DATA
from tests.model.access.estates import environment
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed
from tests.operations.check.prerequisites_asked import alone
from tests.operations.estate_files import write_estate

Capture = pytest.CaptureFixture[str]
Statement = dict[str, Any]
READER, WRITER = Purpose


def statements(found: Rights) -> list[Statement]:
    """Those of the policy in AWS."""
    assert found.aws is not None
    listed: list[Statement] = found.aws["Statement"]
    return listed


def types(name: str) -> set[str]:
    """Every type that an environment's own stacks are made of, data sources among them."""
    return {
        prefix + type_
        for stack, plan in PLANS.items()
        if plan.environment == name
        for kind, prefix in (("resource", ""), ("data", "data."))
        for type_ in json.loads((ENVIRONMENTS / SNAPSHOTS / f"{stack}.tf.json").read_text()).get(kind, {})
    }


def allowed(found: Rights) -> set[str]:
    """Every action that the policy allows, on whatever."""
    return {action for one in statements(found) if one["Effect"] == "Allow" for action in one["Action"]}


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_looks_at_every_type(name: str) -> None:
    """Of what the environment's stacks are made of, computed from them."""
    found = rights(ESTATE, name, READER)

    made = types(name)
    asked = {action for type_ in made for action in aws_reads().get(type_, ())}
    assert asked
    assert asked - allowed(found) == set()
    permissions = {one for type_ in made for one in google_reads().get(type_, ())}
    assert permissions - set(found.permissions) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_changes_nothing_and_reads_nobody_s_data(name: str) -> None:
    """What it may read of objects are its states and the one that a stack makes; nothing else is decrypted."""
    found = rights(ESTATE, name, READER)

    writes = frozenset().union(*aws_writes().values()) - frozenset().union(*aws_reads().values())
    assert allowed(found) & writes == set()
    for one in statements(found):
        if set(one["Action"]) & DATA:
            assert one["Sid"] in {"State", "Document"}
            assert all(re.search(r"/terraform\.tfstate$|/management\.yaml$", arn) for arn in one["Resource"])
    assert [action for action in allowed(found) if "*" in action] == []
    assert found.roles == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_writer_changes_every_type(name: str) -> None:
    """In AWS by actions, in Google Cloud by the roles that the prerequisites name."""
    found = rights(ESTATE, name, WRITER)

    asked = {
        action
        for type_ in types(name)
        for action in (*aws_reads().get(type_, ()), *aws_writes().get(type_, ()))
    }
    assert asked - allowed(found) == set()
    assert found.permissions == ()
    assert "roles/resourcemanager.projectIamAdmin" in found.roles[found.projects[0]]


@pytest.mark.parametrize("name", NAMES)
def test_the_writer_makes_roles_of_its_environment_and_not_itself(name: str) -> None:
    """Every role that is made has a name that it may write; its own and the reader's it may not."""
    [roles] = [one for one in statements(rights(ESTATE, name, WRITER)) if one["Sid"] == "Roles"]
    [itself] = [one for one in statements(rights(ESTATE, name, WRITER)) if one["Effect"] == "Deny"]
    stack = json.loads((ENVIRONMENTS / SNAPSHOTS / f"{name}.tf.json").read_text())["resource"]
    made = [
        f"{kind}/{body['name']}"
        for kind, type_ in (("role", "aws_iam_role"), ("instance-profile", "aws_iam_instance_profile"))
        for body in stack.get(type_, {}).values()
    ]

    names = [arn.split(":", 5)[5] for arn in roles["Resource"]]
    assert made
    assert [one for one in made if not any(fnmatchcase(one, pattern) for pattern in names)] == []
    assert itself["Action"] == roles["Action"]
    assert [arn.rpartition("/")[2] for arn in itself["Resource"]] == [
        rights(ESTATE, name, purpose).role for purpose in Purpose
    ]


def test_the_writer_gives_a_control_plane_the_role_that_others_made() -> None:
    """That role alone, to EKS alone, and nothing else may be done with it; without one there is no such statement."""
    role = f"arn:aws:iam::{ACCOUNT}:role/eks/control-plane"
    plain, named = (
        {one["Sid"]: one for one in statements(rights(alone(environment("dev", aws=aws)), "dev", WRITER))}
        for aws in (AWS, changed(AWS, eks_clusters__cloud__role=role))
    )

    assert named.pop("RolesOfClusters") == {
        "Sid": "RolesOfClusters",
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": [role],
        "Condition": {"StringEquals": {"iam:PassedToService": ["eks.amazonaws.com"]}},
    }
    assert named == plain


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_as_short_as_a_role_takes(name: str, purpose: Purpose) -> None:
    """10,240 characters of policies in a role, blanks not counted.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (excerpt, 2026-11-30).
    """
    assert len(json.dumps(rights(ESTATE, name, purpose).aws, separators=(",", ":"))) <= 10_240


def test_states_are_read_and_written_where_they_lie() -> None:
    """Each stack's own, and no other environment's; the reader takes no lock."""
    reader = {one["Sid"]: one for one in statements(rights(ESTATE, "prod", READER))}
    writer = {one["Sid"]: one for one in statements(rights(ESTATE, "prod", WRITER))}

    states = [f"arn:aws:s3:::kl-prod-tfstate/{stack}/terraform.tfstate" for stack in ("prod", "prod-attach")]
    assert (reader["State"]["Action"], reader["State"]["Resource"]) == (["s3:GetObject"], states)
    assert "StateLock" not in reader
    assert (writer["State"]["Action"], writer["State"]["Resource"]) == (
        ["s3:GetObject", "s3:PutObject"],
        states,
    )
    assert writer["StateLock"]["Resource"] == [f"{one}.tflock" for one in states]


KEY = "arn:aws:kms:eu-north-1:210987654321:key/0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"
IN_AWS = f"""\
environment: dev
state: {{s3: {{bucket: nk-state, region: eu-north-1, kms_key_arn: {KEY}}}}}
aws: {{region: eu-north-1, account_id: "210987654321"}}
"""
IN_GOOGLE = """\
environment: dev
state: {local: {}}
google: {host_project: {id: nk-host, number: 210987654321}, region: europe-north1}
"""
NOWHERE = "environment: dev\nstate: {local: {}}\n"


def small(folder: Path, text: str) -> Estate:
    """An estate of one environment."""
    return load_estate(write_estate(folder, dev=text))


def test_a_state_s_key_is_all_that_is_decrypted(tmp_path: Path) -> None:
    """Where the bucket is encrypted with one of one's own."""
    estate = small(tmp_path, IN_AWS)

    reader, writer = (
        {one["Sid"]: one for one in statements(rights(estate, "dev", purpose))} for purpose in Purpose
    )
    assert (reader["StateKey"]["Action"], reader["StateKey"]["Resource"]) == (["kms:Decrypt"], [KEY])
    assert writer["StateKey"]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    through_s3 = {"StringEquals": {"kms:ViaService": "s3.eu-north-1.amazonaws.com"}}
    assert [one["StateKey"]["Condition"] for one in (reader, writer)] == [through_s3, through_s3]
    assert "RolesOfServices" not in writer


def test_what_an_environment_has_not_is_not_there(tmp_path: Path) -> None:
    """Neither a cloud that it does not use, nor rights in a service of it."""
    aws, google, none = (
        rights(small(tmp_path, text), "dev", READER) for text in (IN_AWS, IN_GOOGLE, NOWHERE)
    )

    assert (aws.projects, aws.permissions, aws.state) == ((), (), None)
    assert {action.partition(":")[0] for action in allowed(aws)} == {"ec2", "iam", "kms", "logs", "s3"}
    assert (google.aws, google.account, google.projects) == (None, None, ("nk-host",))
    assert {one.partition(".")[0] for one in google.permissions} == {
        "compute",
        "iam",
        "resourcemanager",
        "serviceusage",
    }
    assert "iam.roles.get" not in google.permissions
    assert (none.aws, none.projects) == (None, ())
