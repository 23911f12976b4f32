"""What cdktf's manifest has no place for: in which order stacks are applied, and what each needs to reach.

In `stacks.json` beside the manifest, for all stacks of the estate, whichever of them were synthesized. Not
in the manifest, because cdktf refuses to deploy a stack without those that it depends on there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from estate.derived.stack_plan import StackPlan

ORDER = "stacks.json"


def entries(plans: Mapping[str, StackPlan]) -> dict[str, dict[str, Any]]:
    """What stands in the file for each stack."""
    return {
        name: {
            "environment": plan.environment,
            "after": list(plan.after),
            "reaches": [
                *(f"{host}:{port}" for host, port in plan.reaches),
                *(str(cluster) for cluster in plan.clusters),
            ],
            **({"by_hand": True} if plan.by_hand else {}),
        }
        for name, plan in plans.items()
    }


def order_text(plans: Mapping[str, StackPlan]) -> str:
    """The text of the file of the plans, which are in the order in which they are applied."""
    return json.dumps({"order": list(plans), "stacks": entries(plans)}, indent=2) + "\n"
