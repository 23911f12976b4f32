"""The identities of a pipeline as they are printed: who may become one, in which form."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from estate.derived.pipeline.rights import Purpose
from operations.cli import main
from tests.derived.pipeline.test_rights import IN_AWS, IN_GOOGLE, NOWHERE
from tests.example import ENVIRONMENTS, NAMES
from tests.operations.estate_files import write_estate

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *words: str) -> str:
    """What the verb prints."""
    assert main(["permissions", *words, "--folder", str(ENVIRONMENTS)]) == 0
    return capsys.readouterr().out


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
    """Each by its name, since another environment's may lie in a folder below; for the rest the names in the bucket."""
    found = json.loads(printed(capsys, "test", "--for", "reader", "--format", "json"))["google"]["state"]

    objects = "projects/_/buckets/kl-test-tfstate/objects"
    assert found == {
        "bucket": "kl-test-tfstate",
        "role": "roles/storage.objectViewer",
        "condition": 'resource.type == "storage.googleapis.com/Bucket" || '
        f'resource.name == "{objects}/test/default.tfstate" || '
        f'resource.name == "{objects}/test-attach/default.tfstate"',
    }
    writer = json.loads(printed(capsys, "test", "--for", "writer", "--format", "json"))
    assert writer["google"]["state"]["role"] == "roles/storage.objectUser"
    assert writer["google"]["state"]["condition"].count(f'resource.name == "{objects}/test') == 4
    assert f'== "{objects}/test/default.tflock"' in writer["google"]["state"]["condition"]
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
    assert_laid_out(tmp_path, printed(capsys, name, "--for", purpose, "--format", "hcl"))


def assert_laid_out(folder: Path, text: str) -> None:
    """Have Terraform read code, and lay it out no differently."""
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if terraform is None:
        pytest.skip("no terraform and no tofu: neither is on PATH")
    folder.mkdir(exist_ok=True)
    (folder / "made.tf").write_text(text, "utf-8")

    ended = subprocess.run(
        [terraform, "fmt", "-check", "-diff", str(folder)], capture_output=True, text=True, check=False
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


RING = "projects/{}/locations/europe-north1/keyRings/clusters"
KEYS = IN_GOOGLE.rstrip("}\n") + (
    ", service_projects: {apps: {id: nk-apps, number: 310987654321}}, kms_keys: {"
    + ", ".join(
        f"k{number}: {{ring: {RING.format(project)}, key_name: k{number}}}"
        for number, project in enumerate(("nk-vault", "nk-apps", "nk-host"))
    )
    + "}}\n"
)
"""Keys in rings of a project that the environment does not name, of a service project, and of the host project."""


def test_keys_in_rings_of_others_are_reached_there_and_nowhere_else(tmp_path: Path, capsys: Capture) -> None:
    """The writer by the role that makes keys, the reader by a role of one's own that looks; each where nothing reaches yet."""
    folder = write_estate(tmp_path, dev=KEYS)

    def asked(purpose: str, form: str) -> str:
        assert main(["permissions", "dev", f"--for={purpose}", f"--format={form}", f"--folder={folder}"]) == 0
        return capsys.readouterr().out

    reader, writer = (json.loads(asked(purpose, "json"))["google"]["key_rings"] for purpose in Purpose)
    assert reader == {
        RING.format("nk-vault"): {
            "permissions": [
                "cloudkms.cryptoKeys.get",
                "cloudkms.cryptoKeys.getIamPolicy",
                "cloudkms.keyRings.get",
            ]
        }
    }
    admin = {"role": "roles/cloudkms.admin"}
    assert writer == {RING.format("nk-apps"): admin, RING.format("nk-vault"): admin}
    looks, changes = (asked(purpose, "hcl") for purpose in Purpose)
    assert f'for_each    = toset(["{RING.format("nk-vault")}"])' in looks
    assert "google_project_iam_custom_role.reader_rings[split(" in looks
    assert (
        'resource "google_project_iam_custom_role" "reader_rings" {\n  for_each = toset(["nk-vault"])'
        in looks
    )
    assert 'role        = "roles/cloudkms.admin"' in changes
    assert "writer_rings" not in changes
    assert_laid_out(tmp_path / "reader", looks)
    assert_laid_out(tmp_path / "writer", changes)
