"""The identities of a pipeline: who may become one, and what it may do then."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from estate.facts.terraform_rights import aws_reads, aws_writes, google_reads
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.check.pipeline_rights import Purpose, Rights, rights
from operations.cli import main
from operations.project import SNAPSHOTS
from tests.example import ENVIRONMENTS, ESTATE, NAMES, PLANS
from tests.facts.test_terraform_rights import DATA
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


def printed(capsys: Capture, *words: str) -> str:
    """What the verb prints."""
    assert main(["permissions", *words, "--folder", str(ENVIRONMENTS)]) == 0
    return capsys.readouterr().out


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


def test_the_reader_becomes_nobody_else_s(capsys: Capture) -> None:
    """A token is let in by the repository's number: whoever takes its name over, or runs another branch, is not."""
    trust = json.loads(printed(capsys, "prod", "--for", "reader", "--format", "json"))["aws"]["trust"]
    [statement] = trust["Statement"]
    assert list(statement["Condition"]) == ["StringEquals"]
    text = json.dumps(statement["Condition"]["StringEquals"])
    for variable, value in (
        ("${local.repositories[0]}", "repo:nk/estate"),
        ("${local.repositories[1]}", "repo:nk@11/estate@22"),
        ("${var.repository_id}", "22"),
    ):
        text = text.replace(variable, value)
    condition = {key.rpartition(":")[2]: values for key, values in json.loads(text).items()}
    assert "$" not in text

    def is_let_in(**claims: str) -> bool:
        token = {
            "aud": "sts.amazonaws.com",
            "sub": "repo:nk/estate:environment:plan-prod",
            "repository_id": "22",
            "ref": "refs/heads/main",
        }
        token |= claims
        return all(token.get(key) in values for key, values in condition.items())

    assert is_let_in()
    assert is_let_in(sub="repo:nk@11/estate@22:environment:agreed-prod")
    assert is_let_in(sub="repo:nk/estate:environment:drift-prod")
    assert not is_let_in(repository_id="666"), "a name that somebody took over"
    assert not is_let_in(sub="repo:nk@66/estate@666:environment:plan-prod", repository_id="666")
    assert not is_let_in(ref="refs/heads/evil"), "a branch that somebody pushed"
    assert not is_let_in(ref="refs/pull/7/merge"), "a pull request"
    assert not is_let_in(sub="repo:nk/estate:environment:prod"), "the writer's environment"
    assert not is_let_in(sub="repo:nk/estate:environment:plan-dev"), "another environment's"
    assert not is_let_in(sub="repo:nk/estate:ref:refs/heads/main"), "a job without an environment"
    assert not is_let_in(aud="https://github.com/nk")


def test_google_compares_the_numbers_too(capsys: Capture) -> None:
    """In the condition, and in the subject, which is made of them and not of the name."""
    text = printed(capsys, "dev", "--for", "reader", "--format", "hcl")

    assert "\"assertion.repository_id + ':' + assertion.environment\"" in text
    for claim, value in (
        ("repository_id", "${var.repository_id}"),
        ("repository_owner_id", "${var.owner_id}"),
        ("ref", "refs/heads/main"),
    ):
        assert f"assertion.{claim} == '{value}'" in text
    assert 'toset(["plan-dev", "agreed-dev", "drift-dev"])' in text
    assert "/subject/${var.repository_id}:${each.value}" in text
    assert "roles/viewer" not in text
    assert "ReadOnlyAccess" not in text
    assert "assertion.repository ==" not in text


def test_states_in_google_cloud_are_each_environment_s_own(capsys: Capture) -> None:
    """Objects below its folders, and for the rest the names in the bucket."""
    found = json.loads(printed(capsys, "test", "--for", "reader", "--format", "json"))["google"]["state"]

    objects = "projects/_/buckets/kl-test-tfstate/objects"
    assert found == {
        "bucket": "kl-test-tfstate",
        "role": "roles/storage.objectViewer",
        "condition": 'resource.type == "storage.googleapis.com/Bucket" || '
        f'resource.name.startsWith("{objects}/test/") || resource.name.startsWith("{objects}/test-attach/")',
    }
    writer = json.loads(printed(capsys, "test", "--for", "writer", "--format", "json"))
    assert writer["google"]["state"]["role"] == "roles/storage.objectUser"
    assert writer["github_environments"] == ["test"]


@pytest.mark.parametrize(
    ("text", "clouds"),
    [(IN_AWS, {"aws"}), (IN_GOOGLE, {"google"}), (NOWHERE, set())],
    ids=["aws", "google", "none"],
)
def test_a_cloud_that_is_not_used_gets_no_identity(
    tmp_path: Path, capsys: Capture, text: str, clouds: set[str]
) -> None:
    """Nothing of it is in the code."""
    folder = write_estate(tmp_path, dev=text)

    for purpose in Purpose:
        assert main(["permissions", "dev", f"--for={purpose}", "--format=hcl", f"--folder={folder}"]) == 0
        found = re.findall(r'^resource "([a-z]+)_', capsys.readouterr().out, re.MULTILINE)
        assert set(found) == clouds


def test_what_there_is_nothing_of_is_null(tmp_path: Path, capsys: Capture) -> None:
    """Machines find the key all the same."""
    write_estate(tmp_path, dev=NOWHERE)

    assert (
        main(["permissions", "dev", "--for=reader", "--format=json", f"--folder={tmp_path / 'environments'}"])
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert (found["aws"], found["google"]) == (None, None)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("name", NAMES)
def test_terraform_reads_what_is_printed(tmp_path: Path, capsys: Capture, name: str, purpose: str) -> None:
    """And would lay it out no differently."""
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if terraform is None:
        pytest.skip("no terraform and no tofu: neither is on PATH")
    (tmp_path / "made.tf").write_text(printed(capsys, name, "--for", purpose, "--format", "hcl"), "utf-8")

    ended = subprocess.run(
        [terraform, "fmt", "-check", "-diff", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


def test_each_file_stands_with_the_other(capsys: Capture, tmp_path: Path) -> None:
    """The writer's refers to what the reader's makes, and neither makes anything twice."""
    texts = [printed(capsys, "prod", "--for", str(purpose), "--format", "hcl") for purpose in Purpose]
    assert tmp_path.is_dir()

    blocks = [re.findall(r'^(?:resource "(\w+)"|variable) "(\w+)"', text, re.MULTILINE) for text in texts]
    assert set(blocks[0]) & set(blocks[1]) == set()
    made = {f"{type_}.{name}" for type_, name in (*blocks[0], *blocks[1]) if type_}
    used = set(re.findall(r"\b((?:aws|google)_\w+\.\w+)\.", "".join(texts)))
    assert used - made == set()
    assert re.search('name += "kl-prod-deploy"', texts[1]), "the role that the file calls deployer"


@pytest.mark.parametrize(
    "words",
    [
        ["--for=reader", "--format=hcl"],
        ["dev", "prod", "--for=reader", "--format=hcl"],
        ["dev", "--for=writer"],
        ["dev", "--for=writer", "--format=markdown"],
        ["dev", "--format=hcl"],
    ],
)
def test_a_question_that_has_no_answer_is_refused(capsys: Capture, words: list[str]) -> None:
    """One identity at a time, as code or for machines."""
    assert main(["permissions", *words, "--folder", str(ENVIRONMENTS)]) == 2
    assert "--format hcl" in capsys.readouterr().err


def test_a_mistake_is_said_in_the_form_that_was_asked_for(tmp_path: Path, capsys: Capture) -> None:
    """Machines read it too."""
    write_estate(tmp_path, dev="environment: dev\n")

    assert (
        main(["permissions", "dev", "--for=reader", "--format=json", f"--folder={tmp_path / 'environments'}"])
        == 2
    )
    assert json.loads(capsys.readouterr().out)["problems"]
