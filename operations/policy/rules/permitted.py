"""Whether the policies of the stacks allow what making and running their resources takes.

Each need stands with its source and its day in operations/policy/permitted/; what cannot be evaluated is found too.
"""

from __future__ import annotations

from operations.policy.finding import Level
from operations.policy.permitted.aws_buckets import states
from operations.policy.permitted.aws_keys import key_users
from operations.policy.permitted.aws_roles import able, trusted
from operations.policy.permitted.google import members
from operations.policy.rules.rule import Rule

RULES = (
    Rule(
        "HYB_MAY_USE_KEY",
        Level.HIGH,
        "The policy of each key of AWS lets in whoever needs the key",
        key_users,
    ),
    Rule("HYB_MAY_TAKE_ROLE", Level.HIGH, "Each role of AWS trusts who has to take it on", trusted),
    Rule("HYB_MAY_DO_TASK", Level.HIGH, "Each role of AWS is allowed what its task takes", able),
    Rule(
        "HYB_MAY_KEEP_STATE",
        Level.HIGH,
        "No bucket that is made here keeps out who keeps the state in it",
        states,
    ),
    Rule(
        "HYB_MAY_GOOGLE",
        Level.HIGH,
        "Agents, nodes and service accounts of Google have the roles that they need",
        members,
    ),
)
