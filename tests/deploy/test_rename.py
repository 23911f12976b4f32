"""A renamed key of what stands in an account: Terraform's plan moves its addresses and changes nothing."""

from __future__ import annotations

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import account_inventory
from tests.deploy.workplace import sandbox_aws

pytestmark = pytest.mark.deploy


def test_a_renamed_kms_key_is_moved_and_stays_as_it_is(new_workplace: NewWorkplace) -> None:
    """Address and key in YAML change; alias, tag, description and the key itself do not; settled, all is quiet."""
    work = new_workplace("rename")
    aws = sandbox_aws()
    work.write({key: aws[key] for key in ("region", "account_id", "kms_keys")}, deletion_protection=True)
    work.init()
    work.apply()
    before = account_inventory(work.aws)
    record = work.environments / "stateful" / "sandbox.txt"

    said = work.hybrid("rename", "sandbox:aws.kms_keys.database", "etcd")
    work.synth()
    plan = work.plan()
    work.apply_plan()
    work.hybrid("settle", "sandbox")
    work.synth()

    assert "keeps database" in said
    assert plan.actions == {}
    assert sorted(address.split("_", 3)[2] for address in plan.moves) == ["alias.KmsKeys", "key.KmsKeys"]
    assert [new.split("_")[3] for new in plan.moves.values()] == ["etcd", "etcd"]
    assert account_inventory(work.aws) == before
    work.assert_plan_is_empty()
    assert "KmsKeys_etcd_" in record.read_text("utf-8")
    assert "KmsKeys_database_" not in record.read_text("utf-8")
