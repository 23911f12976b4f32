"""Whether what has to get through does, by all tables of a stack at once, and nothing else is open.

Each way stands with its source in estate/facts/ways/, who asks it of whom in estate/derived/ways/; the tables are
followed in operations/policy/ways/.
"""

from __future__ import annotations

from operations.policy.finding import Level
from operations.policy.rules.rule import Rule
from operations.policy.ways.asking import back, there
from operations.policy.ways.unasked import unasked
from operations.policy.ways.unseen import unseen

RULES = (
    Rule(
        "HYB_WAY_THERE",
        Level.HIGH,
        "Routes, filters and names lead each packet that the file asks for to its other end",
        there,
    ),
    Rule("HYB_WAY_BACK", Level.HIGH, "Answers have the way back", back),
    Rule("HYB_WAY_UNASKED", Level.HIGH, "Nothing is opened that nothing in the file asks for", unasked),
    Rule(
        "HYB_WAY_EVALUATED", Level.HIGH, "Whatever routes, filters or answers for names is evaluated", unseen
    ),
)
