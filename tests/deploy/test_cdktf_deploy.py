"""``cdktf deploy``, the way that the README names, through to an account."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from operations.project import ROOT
from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import account_inventory, difference, state_inventory
from tests.deploy.workplace import Workplace, sandbox_aws

pytestmark = pytest.mark.deploy


@pytest.fixture
def attached(new_workplace: NewWorkplace) -> Workplace:
    """One KMS key to deploy, and the project's cdktf.json."""
    work = new_workplace("cdktf")
    aws = sandbox_aws()
    keys = {"secrets": aws["kms_keys"]["secrets"]}
    work.write(
        {"region": aws["region"], "account_id": aws["account_id"], "kms_keys": keys},
        deletion_protection=False,
    )
    settings = json.loads((ROOT / "cdktf.json").read_text("utf-8"))
    settings["app"] = f'"{sys.executable}" "{ROOT / "main.py"}"'
    (work.folder / "cdktf.json").write_text(json.dumps(settings), "utf-8")
    return work


@pytest.fixture
def work(attached: Workplace) -> Workplace:
    """Where Terraform starts the provider itself, as it does for people."""
    # cdktf would take one in the home folder, which may be what the provider comes from.
    cache = attached.folder / "plugin-cache"
    cache.mkdir()
    own = replace(attached.tools, attached={})
    return replace(attached, tools=own, variables={"TF_PLUGIN_CACHE_DIR": str(cache)})


def test_cdktf_deploys_what_it_synthesizes(work: Workplace, attached: Workplace) -> None:
    """One command synthesizes, applies and leaves the state where Terraform by itself finds it."""
    empty = account_inventory(work.aws)
    # cdktf synthesizes again, and leaves the override file where it is.
    work.synth()

    # Without the option cdktf asks the registry for checksums, also where a mirror has the provider.
    said = work.run("cdktf", "deploy", "sandbox", "--auto-approve", "--skip-provider-lock")

    made = difference(account_inventory(work.aws), empty)
    assert "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." in said
    assert made.keys() == {"aws_kms_alias", "aws_kms_key"}
    assert made == state_inventory(work.state)
    attached.assert_plan_is_empty()
