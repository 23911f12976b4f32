"""``hybrid review`` of an environment that stands, planned by real Terraform against the emulated AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.workplace import ENVIRONMENT, Workplace, sandbox_aws

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def applied(new_workplace: NewWorkplace) -> Workplace:
    """Sandbox's KMS keys and nothing else, protected and applied."""
    work = new_workplace("review")
    aws = sandbox_aws()
    work.write({key: aws[key] for key in ("region", "account_id", "kms_keys")}, deletion_protection=True)
    work.init()
    work.apply()
    return work


@pytest.fixture
def work(applied: Workplace, tmp_path: Path) -> Workplace:
    """A copy of the applied environment."""
    return applied.copy(tmp_path / "work")


def _rules(work: Workplace, *, exit_code: int) -> dict[str, str]:
    """Level of each rule that finds something in the environment's plan."""
    file = work.folder / "review.json"
    work.hybrid("review", ENVIRONMENT, "--format", "json", "--output", str(file), exit_code=exit_code)
    (environment,) = json.loads(file.read_text("utf-8"))["environments"]
    found = [
        *environment["findings"],
        *(one for change in environment["changes"] for one in change["findings"]),
    ]
    return {one["rule"]: one["level"] for one in found}


def test_applied_environment_has_nothing_to_review(work: Workplace) -> None:
    """What was just applied is found as it was left."""
    assert _rules(work, exit_code=0) == {}


def test_shorter_time_to_undo_a_deletion_stops(work: Workplace) -> None:
    """An edit that Terraform plans as a harmless update in place."""

    def shorten(aws: dict[str, Any]) -> None:
        aws["kms_keys"]["database"]["deletion_window_days"] = 7

    work.edit(shorten)
    work.synth()

    assert _rules(work, exit_code=3) == {"deletion-window-short": "high"}


def test_key_that_goes_is_critical(work: Workplace) -> None:
    """With the entry that synth asks for, the plan destroys it, and the review stops that."""
    address = next(
        f"aws_kms_key.{name}"
        for name in json.loads((work.stack / "cdk.tf.json").read_text("utf-8"))["resource"]["aws_kms_key"]
        if "database" in name
    )
    work.edit(lambda aws: aws["kms_keys"].pop("database"))
    work.write_refactoring({"removed": [{"from": address, "destroy": True, "reason": "never used"}]})
    work.synth()

    assert _rules(work, exit_code=3) == {"key-destroyed": "critical", "key-name-destroyed": "medium"}


def test_change_behind_terraform_is_found(work: Workplace) -> None:
    """Somebody describes a key anew in the console, and the plan would undo it. The last test: the account is shared."""
    kms = work.aws.client("kms")
    keys = [kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for key in kms.list_keys()["Keys"]]
    mine = next(key for key in keys if key["Description"].startswith("secrets"))

    kms.update_key_description(KeyId=mine["KeyId"], Description="changed in the console")

    assert _rules(work, exit_code=3) == {"drift-undone": "high", "words-changed": "low"}
