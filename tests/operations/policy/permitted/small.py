"""Small stacks of AWS and Google Cloud, for what the example does not hold."""

from __future__ import annotations

import json
from typing import Any

from operations.policy.rules.permitted import RULES
from operations.policy.stacks import Outside, make_stack

ACCOUNT = "345678901234"
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/deploy"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
PROVIDER = {
    "aws": [{"allowed_account_ids": [ACCOUNT], "region": "eu-west-1"}],
    "google": [{"project": "host"}],
}

NOWHERE = Outside()


def document(*statements: dict[str, Any]) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: str | list[str], **elements: Any) -> dict[str, Any]:
    """A statement that allows actions on everything."""
    return {"Effect": "Allow", "Action": action, "Resource": "*", **elements}


def messages(rule_id: str, *resources: tuple[str, Any], outside: Outside = NOWHERE, **body: Any) -> list[str]:
    """What a rule says of a stack with some resources, without the sources."""
    found: dict[str, Any] = {}
    for address, arguments in resources:
        type_, name = address.split(".")
        found.setdefault(type_, {})[name] = arguments
    stack = make_stack("dev", "dev", {"provider": PROVIDER, "resource": found, **body}, outside)
    [rule] = [rule for rule in RULES if rule.id == rule_id]
    return [message.rpartition(" (https://")[0] for _, message in rule.broken([stack])]
