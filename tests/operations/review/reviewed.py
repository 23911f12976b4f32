"""Reviews for tests, made without a command line."""

from __future__ import annotations

import json
from typing import Any

from operations.review.plan_file import PlanFile
from operations.review.review import EnvironmentReview
from operations.review.reviewer import learn_secrets, review_plans
from operations.review.risks import Risks, default_risks
from operations.texts.redaction import Redaction

Json = dict[str, Any]


def reviewed(document: Json, risks: Risks | None = None, name: str = "sandbox") -> EnvironmentReview:
    """The review of a plan."""
    plan = PlanFile(json.dumps(document).encode(), "plan.json")
    redaction = Redaction()
    learn_secrets(plan, redaction)
    return review_plans(name, [(name, plan)], risks or default_risks(), redaction)


def found(document: Json, risks: Risks | None = None) -> dict[str, str]:
    """Level of each rule that found something."""
    return {finding.rule: finding.level.value for finding in reviewed(document, risks).all_findings()}


def plan(*changes: Json, **parts: Any) -> Json:
    """A plan with changes of resources."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "resource_changes": list(changes),
        **parts,
    }


def change(address: str, actions: str, before: Any = None, after: Any = None, **more: Any) -> Json:
    """A change of a resource.

    Args:
        address: type.name, with an index if any.
        actions: Terraform's words with a blank between them.
        before: attributes before.
        after: attributes after.
        more: members of the change, or of the entry where they belong there.
    """
    type_, _, name = address.partition(".")
    entry: Json = {
        key: more.pop(key) for key in ("mode", "previous_address", "deposed", "action_reason") if key in more
    }
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name.partition("[")[0],
        **entry,
        "change": {
            "actions": actions.split(),
            "before": before,
            "after": after,
            "after_unknown": {},
            "before_sensitive": {},
            "after_sensitive": {},
            **more,
        },
    }
