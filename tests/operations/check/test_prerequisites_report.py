"""How what is done by hand is printed."""

from __future__ import annotations

import json

import pytest

from operations.check.prerequisites_report import say_prerequisites
from operations.options import Form
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT
from tests.operations.check.prerequisites_asked import (
    alone,
    cloud,
    on_prem,
)


def test_steps_are_printed_under_headings_and_can_be_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command goes on where the shell lets it; what it should print stands behind it, or below."""
    monkeypatch.setenv("COLUMNS", "80")
    one = environment(
        "dev",
        google=None,
        fleet=None,
        state={"s3": {"bucket": "kl-state", "region": "eu-west-1"}},
        aws={"region": "eu-west-1", "account_id": ACCOUNT},
    )

    say_prerequisites(alone(one), ["dev"], Form.TEXT)

    assert (
        capsys.readouterr().out
        == f"""\
dev: to be there or done by hand, in this order

accounts, rights and names, from whoever gives them
  1. have account {ACCOUNT}, and in it let the role or user that applies
     manage IAM, with iam:PassRole for the roles that it makes; hybrid
     permissions dev --for writer --format json has the policy
     $ aws sts get-caller-identity --query Account --output text  # {ACCOUNT}

before the first apply of dev
  2. make the bucket kl-state for Terraform's state, unless it is there, and let
     whoever applies read and write it; a state holds secrets, so nobody else
     $ aws s3api create-bucket --bucket kl-state --region eu-west-1 \\
         --create-bucket-configuration LocationConstraint=eu-west-1
     $ aws s3api put-bucket-versioning --bucket kl-state \\
         --versioning-configuration Status=Enabled
     $ aws s3api put-public-access-block --bucket kl-state \\
         --public-access-block-configuration \\
         BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
"""
    )


def test_a_narrow_line_puts_a_comment_below_and_a_loop_goes_on_by_itself(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is quoted is never broken."""
    monkeypatch.setenv("COLUMNS", "55")

    say_prerequisites(alone(cloud()), ["dev"], Form.TEXT)

    lines = capsys.readouterr().out.splitlines()
    at = lines.index("     $ gcloud billing projects describe kl-dev-host \\")
    assert lines[at + 1] == "         --format='value(billingEnabled)'  # True"
    at = lines.index("     $ gcloud projects describe kl-dev-apps \\")
    assert lines[at + 1 : at + 3] == ["         --format='value(projectNumber)'", "          # 523456789012"]
    assert any(line.endswith("; do") for line in lines)


def test_the_same_for_documents_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """With the commands whole, and saying aloud that there is nothing."""
    one = environment("dev", google=None, fleet=None, aws={"region": "eu-west-1", "account_id": ACCOUNT})
    whole = estate(organization(), one, environment("prod", google=None, fleet=None))

    say_prerequisites(whole, ["dev", "prod"], Form.MARKDOWN)
    document = capsys.readouterr().out
    say_prerequisites(whole, ["dev", "prod"], Form.JSON)
    found = json.loads(capsys.readouterr().out)["prerequisites"]
    say_prerequisites(whole, ["prod"], Form.TEXT)
    nothing = capsys.readouterr().out
    say_prerequisites(alone(on_prem()), ["dev"], Form.MARKDOWN)

    assert document.startswith(
        "## What has to be there for dev\n\n### Accounts, rights and names, from whoever gives them\n\n1. have"
    )
    assert (
        f"\n\n   ```console\n   $ aws sts get-caller-identity --query Account --output text  # {ACCOUNT}\n   ```\n"
        in document
    )
    assert document.endswith("## What has to be there for prod\n\nNothing has to be done by hand.\n")
    assert [(step["turn"], len(step["commands"])) for step in found["dev"]] == [("rights", 1)]
    assert found["prod"] == []
    assert nothing == "prod: nothing has to be done by hand\n"
    assert "gkectl left on the admin workstation\n" in capsys.readouterr().out
