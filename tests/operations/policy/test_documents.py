"""docs/policy.md says what there is."""

from __future__ import annotations

import re

import yaml

from operations.allowances.policy_files import read_policy_files
from operations.policy.counting import UNAPPROVED
from operations.policy.policy import PAST_BREAK_GLASS
from operations.policy.rules.catalog import RULES
from operations.policy.waiving import EXPIRED
from tests.example import ENVIRONMENTS
from tests.source import ROOT

DOCUMENT = (ROOT / "docs" / "policy.md").read_text("utf-8")


def test_every_rule_stands_in_the_document() -> None:
    """In the order in which they are asked, in their own words."""
    rows = re.findall(r"^\| `(HYB_\w+)` \| (\w+) \| (.+) \|$", DOCUMENT, re.MULTILINE)

    assert rows[: len(RULES)] == [(rule.id, rule.level, rule.holds) for rule in RULES]
    assert {id_ for id_, *_ in rows[len(RULES) :]} == {PAST_BREAK_GLASS, EXPIRED, UNAPPROVED}


def test_the_waiver_that_is_shown_is_one_that_stands() -> None:
    """Copied by a reader, it works."""
    [shown] = re.findall(r"```yaml\n(waivers:.*?)```", DOCUMENT, re.DOTALL)

    [waiver] = yaml.safe_load(shown)["waivers"]

    assert waiver in [one.model_dump() for one in read_policy_files(ENVIRONMENTS).waivers.waivers]
