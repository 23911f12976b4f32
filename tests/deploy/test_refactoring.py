"""What holds data survives an edit: refused, forgotten, moved or taken in, as Terraform itself does it.

An environment of two KMS keys is applied once. Each test works on a copy of its files and state; the
account is the same for all of them, and what the last one changes there is of no matter to the others.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import account_inventory, state_inventory
from tests.deploy.workplace import Workplace, sandbox_aws

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def applied(new_workplace: NewWorkplace) -> Workplace:
    """Sandbox's KMS keys and nothing else, protected as real environments are, and applied."""
    work = new_workplace("refactoring")
    aws = sandbox_aws()
    work.write({key: aws[key] for key in ("region", "account_id", "kms_keys")}, deletion_protection=True)
    work.init()
    work.apply()
    return work


@pytest.fixture
def work(applied: Workplace, tmp_path: Path) -> Workplace:
    """A copy of the applied environment."""
    return applied.copy(tmp_path / "work")


def test_terraform_itself_refuses_to_destroy(work: Workplace) -> None:
    """A protected key cannot be destroyed while its block stands."""
    said = work.terraform("destroy", "-input=false", "-auto-approve", exit_code=1)

    assert "prevent_destroy" in said
    assert len(state_inventory(work.state)["aws_kms_key"]) == 2


def test_a_deleted_key_is_refused_and_nothing_written(work: Workplace) -> None:
    """Without its YAML key a KMS key's protection is gone with its block, so synth refuses."""
    work.edit(lambda aws: aws["kms_keys"].pop("database"))
    before = _files(work)

    said = work.hybrid("synth", exit_code=2)

    assert _address(work, "aws_kms_key", "database") in said
    assert "removed:" in said
    assert _files(work) == before


def test_a_moved_entry_renames_a_key_in_place(work: Workplace) -> None:
    """A renamed key is moved by the entry that synth proposes, and nothing changes but its name's tag."""
    alias, alias_name = _address(work, "aws_kms_alias", "database"), "alias/kl-sandbox-kms-key-database"

    def rename(aws: dict[str, Any]) -> None:
        aws["kms_keys"]["etcd"] = {**aws["kms_keys"].pop("database"), "alias": alias_name}

    work.edit(rename)

    refused = work.hybrid("synth", exit_code=2)
    proposed = re.search(r"moved: \[\{from: (\S+), to: (\S+)\}\]", refused)
    assert proposed
    key, new_key = proposed.groups()
    work.write_refactoring({"moved": [{"from": key, "to": new_key}]})
    work.synth()
    new_alias = _address(work, "aws_kms_alias", "etcd")
    work.write_refactoring({"moved": [{"from": key, "to": new_key}, {"from": alias, "to": new_alias}]})
    work.synth()
    plan = work.plan()

    assert plan.moves == {key: new_key, alias: new_alias}
    assert plan.actions == {new_key: ("update",)}
    assert plan.changed_attributes(new_key) == {"tags", "tags_all"}


def test_an_import_entry_takes_a_key_in(work: Workplace) -> None:
    """A key that somebody made by hand comes under the environment's care without a second one being made."""
    created = work.aws.client("kms").create_key(Description="made by hand", KeyUsage="ENCRYPT_DECRYPT")
    made_by_hand = created["KeyMetadata"]["KeyId"]
    before = account_inventory(work.aws)["aws_kms_key"]
    work.edit(lambda aws: aws["kms_keys"].update(backups={"description": "made by hand"}))
    work.synth()
    address = _address(work, "aws_kms_key", "backups")
    work.write_refactoring({"import": [{"to": address, "id": made_by_hand}]})

    work.synth()
    plan = work.plan()
    work.apply_plan()
    settled = work.hybrid("settle", "sandbox", "--write")

    assert plan.imports == {address: made_by_hand}
    assert plan.actions == {address: ("update",), _address(work, "aws_kms_alias", "backups"): ("create",)}
    assert account_inventory(work.aws)["aws_kms_key"] == before
    assert "import[0] is spent" in settled
    work.synth()
    work.assert_plan_is_empty()


def test_a_removed_entry_lets_a_key_go_unharmed(work: Workplace) -> None:
    """With an entry the key is forgotten and lives on; settled, entry and record are shorter by it."""
    address, alias = (_address(work, type_, "database") for type_ in ("aws_kms_key", "aws_kms_alias"))
    ids = state_inventory(work.state)["aws_kms_key"]
    record = work.environments / "stateful" / "sandbox.txt"
    work.edit(lambda aws: aws["kms_keys"].pop("database"))
    work.write_refactoring(
        {"removed": [{"from": address, "destroy": False, "reason": "moves to another account"}]}
    )

    work.synth()
    plan = work.plan()
    work.apply_plan()
    settled = work.hybrid("settle", "sandbox", "--write")

    assert plan.actions == {address: ("forget",), alias: ("delete",)}
    assert ids <= account_inventory(work.aws)["aws_kms_key"]
    assert "removed[0] is spent" in settled
    assert address not in record.read_text("utf-8")
    assert address not in (work.environments / "refactoring" / "sandbox.yaml").read_text("utf-8")
    work.synth()
    work.assert_plan_is_empty()


def _address(work: Workplace, type_: str, key: str) -> str:
    """Address of a KMS key's resource in the stack as it is synthesized now."""
    stack = json.loads((work.stack / "cdk.tf.json").read_text("utf-8"))
    (name,) = (name for name in stack["resource"][type_] if name.startswith(f"KmsKeys_{key}_"))
    return f"{type_}.{name}"


def _files(work: Workplace) -> dict[Path, bytes]:
    """Every file that synth could write to."""
    files = (path for path in work.folder.rglob("*") if path.is_file() and ".terraform" not in path.parts)
    return {path: path.read_bytes() for path in files}
