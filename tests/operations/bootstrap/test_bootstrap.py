"""What `hybrid bootstrap` prints and writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.reading.estate_loader import load_estate
from operations.cards.prerequisites import prerequisites
from operations.cli import main
from operations.exit_codes import REFUSED
from tests.example import ENVIRONMENTS
from tests.operations.policy.grounds import GROUND


@pytest.fixture(name="folder")
def estate_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, in which dev, test and prod say what they stand on."""
    folder = tmp_path / "environments"
    folder.mkdir()
    for path in ENVIRONMENTS.glob("*.yaml"):
        shutil.copy(path, folder)
    say(folder, "dev", GROUND)
    say(folder, "prod", GROUND | {"project": {"id": "kl-ground-prod", "number": 666666666666}})
    say(folder, "test", GROUND | {"owner": "dev"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return folder


def say(folder: Path, name: str, ground: dict[str, Any]) -> None:
    """Let an environment's file say what it stands on."""
    path = folder / f"{name}.yaml"
    path.write_text(path.read_text("utf-8") + f"bootstrap: {json.dumps(ground)}\n", "utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What the verb prints."""
    assert main(["bootstrap", *arguments]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err + said.out


def commands(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """All commands, and all that shows what is done."""
    parts = json.loads(told(capsys, *arguments, "--format", "json"))["bootstrap"]["parts"]
    tasks = [task for part in parts for task in part["tasks"]]
    return "\n".join(command for task in tasks for command in (*task["commands"], *task["seen"]))


@pytest.mark.usefixtures("folder")
def test_a_bucket_in_cloud_storage_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """In the ground's project, in the region that the file says, with what shows it."""
    said = commands(capsys, "dev", "--first", "bucket")

    assert (
        "gcloud storage buckets create gs://kl-dev-tfstate --project=kl-ground --location=europe-north1"
        in said
    )
    assert "gcloud storage buckets update gs://kl-dev-tfstate --versioning" in said
    assert "hybrid settle dev-bootstrap --write" in said
    assert "override" not in said
    assert "PERSON" in said
    assert "roles/compute.xpnAdmin" in said


@pytest.mark.usefixtures("folder")
def test_a_state_on_a_machine_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """And moves into the bucket before it is taken away."""
    said = commands(capsys, "prod", "--first", "local")

    order = ["init -reconfigure", "apply", "init -migrate-state -force-copy", "rm -r .state/prod-bootstrap"]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "create-bucket" not in said
    assert "--write" not in said


@pytest.mark.usefixtures("folder")
def test_every_variable_of_github_is_an_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the reader for the environments that plan, of the writer for the one that applies."""
    said = commands(capsys, "prod", "--first", "local")

    for purpose, places in (("reader", "plan-prod agreed-prod drift-prod"), ("writer", "prod")):
        assert f"output -raw google_service_account_{purpose}" in said
        assert f"output -raw aws_role_{purpose}" in said
        assert f"--env {places}" in said or f"for env in {places}" in said
    assert "output -raw google_provider" in said
    assert "output -raw aws_region" in said


def test_rings_of_others_are_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The writer's role by name, the reader's as one of the ring's own project; neither stack may change that project."""
    path = folder / "dev.yaml"
    ring = "projects/kl-keys/locations/europe-north1/keyRings/dev"
    path.write_text(
        path.read_text("utf-8").replace(
            "    secrets: {}\n", f"    secrets: {{ring: {ring}, key_name: one}}\n"
        ),
        "utf-8",
    )

    said = commands(capsys, "dev", "--first", "local").splitlines()

    account = "@kl-ground.iam.gserviceaccount.com"
    on = "gcloud kms keyrings add-iam-policy-binding dev --location=europe-north1 --project=kl-keys --member=serviceAccount"
    assert f"{on}:dev-pipeline-writer{account} --role=roles/cloudkms.admin" in said
    assert f"{on}:dev-pipeline-reader{account} --role=projects/kl-keys/roles/dev_pipeline_reader" in said
    [made] = [line for line in said if line.startswith("gcloud iam roles create")]
    assert made.startswith(
        "gcloud iam roles create dev_pipeline_reader --project=kl-keys --permissions=cloudkms."
    )
    assert "gcloud kms keyrings get-iam-policy dev --location=europe-north1 --project=kl-keys" in said


@pytest.mark.usefixtures("folder")
def test_who_shares_a_ground_waits_for_its_owner(capsys: pytest.CaptureFixture[str]) -> None:
    """What the owner makes is made there first; a bucket of its own is this one's."""
    said = told(capsys, "test", "--first", "bucket")

    assert "have the ground of dev made first" in " ".join(said.split())
    assert "kl-test-tfstate" in said


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.usefixtures("folder")
def test_each_form_has_each_step(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And how to see that it is done."""
    said = told(capsys, "dev", "--first", "local", "--format", form)

    assert said.lower().count("done when this shows it") >= 8
    assert "gh variable set GOOGLE_PROVIDER" in said.replace("\\\n", "")


def test_a_bucket_is_taken_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its versions and its block, each by its id; what is written once is not written again."""
    written = told(capsys, "prod", "--first", "bucket", "--write")
    again = told(capsys, "prod", "--first", "bucket", "--write")

    entries = yaml.safe_load((folder / "refactoring/prod-bootstrap.yaml").read_text("utf-8"))["import"]
    assert [entry["to"].partition(".")[0] for entry in entries] == [
        "aws_s3_bucket",
        "aws_s3_bucket_public_access_block",
        "aws_s3_bucket_versioning",
    ]
    assert {entry["id"] for entry in entries} == {"kl-prod-tfstate"}
    assert "3 written" in written
    assert "nothing to write" in again


def test_a_bucket_in_cloud_storage_is_taken_over_beside_other_entries(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the project and the name, as the provider has it under Import."""
    path = folder / "refactoring/dev-bootstrap.yaml"
    told(capsys, "dev", "--first", "bucket", "--write")
    [entry] = yaml.safe_load(path.read_text("utf-8"))["import"]

    assert entry["id"] == "kl-ground/kl-dev-tfstate"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("sandbox", "--first", "local"), "says nothing of its ground"),
        (("sandbox", "--first", "bucket", "--write"), "makes no bucket"),
        (("dev", "--first", "local", "--write"), "--write is for --first bucket"),
        (("dev",), "--first"),
        (("nowhere", "--first", "local"), "nowhere"),
    ],
    ids=["no ground", "no bucket", "nothing to write", "nothing guessed", "no such environment"],
)
def test_what_is_refused(arguments: tuple[str, ...], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With what is wrong, and nothing written."""
    said = " ".join(told(capsys, *arguments, code=REFUSED).split())

    assert what in said.replace("says nothing of its ground", "says nothing of its ground") or what in said
    assert not Path("environments/refactoring").exists()


def test_prerequisites_begin_with_the_ground(folder: Path) -> None:
    """And no longer ask for what it makes: the bucket, and whoever applies."""
    steps = prerequisites(load_estate(folder), "prod")
    said = " ".join(" ".join((step.what, *step.commands)) for step in steps)

    assert steps[0].commands == (
        "hybrid bootstrap prod --first local",
        "hybrid bootstrap prod --first bucket",
    )
    assert "make the bucket kl-prod-tfstate" not in said
    assert "DEPLOYER" not in said
    assert "role/kl-prod-deploy" not in said
    assert "have account 345678901234" in said


@pytest.fixture(name="in_aws")
def estate_in_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments in one account, whose states lie in the bucket of the first."""
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text(
        "{name: nk, domain: nk.example.org, promotion: [lab, live]}", "utf-8"
    )
    for name, owner in (("lab", {}), ("live", {"owner": "lab"})):
        document = {
            "environment": name,
            "state": {"s3": {"bucket": "nk-tfstate", "region": "eu-north-1"}},
            "bootstrap": {"github": GROUND["github"], **owner},
            "aws": {"region": "eu-north-1", "account_id": "210987654321"},
        }
        (folder / f"{name}.yaml").write_text(json.dumps(document), "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.usefixtures("in_aws")
def test_a_bucket_in_s3_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever signs in to AWS alone is asked for nothing of Google Cloud."""
    said = commands(capsys, "lab", "--first", "bucket")

    assert "aws s3api create-bucket --bucket nk-tfstate" in said
    assert (
        "aws s3api get-bucket-versioning --bucket nk-tfstate --query Status --output text  # Enabled" in said
    )
    assert "gcloud" not in said


@pytest.mark.usefixtures("in_aws")
def test_a_bucket_of_the_owner_is_neither_made_nor_taken_over(capsys: pytest.CaptureFixture[str]) -> None:
    """It stands when the owner's ground does; the stack is applied all the same."""
    said = commands(capsys, "live", "--first", "bucket")

    assert "create-bucket" not in said
    assert "--write" not in said
    assert "terraform -chdir=cdktf.out/stacks/live-bootstrap apply live-bootstrap.tfplan" in said


def test_a_ground_in_google_cloud_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody signs in to AWS, and a network that is lent to nobody takes no right on a folder."""
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text("{name: nk, domain: nk.example.org, promotion: [lab]}", "utf-8")
    document = {
        "environment": "lab",
        "state": {"gcs": {"bucket": "nk-tfstate"}},
        "bootstrap": GROUND,
        "google": {"host_project": {"id": "nk-lab-host", "number": 210987654327}, "region": "europe-north1"},
    }
    (folder / "lab.yaml").write_text(json.dumps(document), "utf-8")
    monkeypatch.chdir(tmp_path)

    said = commands(capsys, "lab", "--first", "local")

    assert "aws " not in said
    assert "xpnAdmin" not in said
