"""Every rule catches what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.allowances.policy_files import read_policy_files
from operations.policy.policy import PAST_BREAK_GLASS
from operations.policy.rules.catalog import RULES
from operations.policy.waiving import EXPIRED
from tests.example import ENVIRONMENTS
from tests.operations.policy.checkov_defects import CHECKOV
from tests.operations.policy.defects import checkov_defects, dated_defects, own_defects
from tests.operations.policy.own_defects import OWN
from tests.operations.policy.world import stacks, whole_world


@pytest.mark.unmeasured
def test_every_defect_for_checkov_and_every_forgotten_day_is_caught(real_output: Path) -> None:
    """`make policy-defects` prints each, and those below."""
    defects = [*dated_defects(real_output), *checkov_defects(real_output)]

    assert [(one.rule, one.name) for one in defects if not one.caught] == []
    assert {EXPIRED, PAST_BREAK_GLASS} <= {one.rule for one in defects}
    assert len(defects) == len(CHECKOV) + 2


def test_every_defect_of_one_stack_is_caught(real_output: Path) -> None:
    """Those that look at resources one by one; what may be done and which way leads where have more asked of them.

    Each of theirs has to be found for what it is for, in `permitted/test_needs.py` and `ways/test_ways.py`.
    """
    chosen = [(rule.id, rule) for rule in RULES if not rule.id.startswith(("HYB_MAY_", "HYB_WAY_"))]

    assert [one.name for one in own_defects(real_output, dict(chosen)) if not one.caught] == []


def test_every_rule_has_a_defect() -> None:
    """A rule that nobody has seen fail may be one that cannot."""
    assert {rule.id for rule in RULES} == {id_ for id_, *_ in OWN}


def test_what_is_whole_breaks_no_rule(real_output: Path) -> None:
    """The environments and what the defects are put into; but for what is waived."""
    found = {
        (finding.rule, finding.where)
        for rule in RULES
        for finding in rule.findings(stacks(whole_world(real_output)))
    }

    waivers = read_policy_files(ENVIRONMENTS).waivers.waivers
    assert found == {
        (one.rule, f"{one.stack} {one.resource}") for one in waivers if one.rule.startswith("HYB_")
    }
