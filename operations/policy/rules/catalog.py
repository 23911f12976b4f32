"""All rules, in the order in which documents list them."""

from __future__ import annotations

from operations.policy.rules import (
    eks,
    fleet,
    gke,
    ground,
    iam,
    keys,
    network,
    permitted,
    providers,
    state,
    takeover,
    vmware,
    vpn,
    ways,
)
from operations.policy.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *vpn.RULES,
    *fleet.RULES,
    *vmware.RULES,
    *gke.RULES,
    *eks.RULES,
    *iam.RULES,
    *ground.RULES,
    *permitted.RULES,
    *ways.RULES,
    *network.RULES,
    *keys.RULES,
    *takeover.RULES,
    *state.RULES,
    *providers.RULES,
)
"""Every rule over the synthesized stacks."""
