"""A defect for every rule, put into a copy of what this repository's environments synthesize to.

``python -m tests.operations.policy.defects`` breaks a copy in each way, and prints what was caught.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from estate.reading.estate_loader import load_estate
from operations.allowances.policy_files import read_policy_files
from operations.console import print_table
from operations.policy.checkov.environment import checkov_python
from operations.policy.checkov.scan import scan
from operations.policy.expiries import past_expiries
from operations.policy.policy import PAST_BREAK_GLASS
from operations.policy.rules.catalog import RULES
from operations.policy.rules.rule import Rule
from operations.policy.stacks import Place, Stack
from operations.policy.waiving import EXPIRED, waive
from tests.example import ENVIRONMENTS, NAMES
from tests.operations.policy.checkov_defects import CHECKOV, SUBJECTS
from tests.operations.policy.own_defects import OWN
from tests.operations.policy.world import Break, World, broken, real_world, stacks, stacks_after, whole_world


@dataclass(frozen=True)
class Defect:
    """One way to break a rule.

    Attributes:
        rule: the rule that is to catch it.
        name: what somebody did.
        caught: whether it was.
    """

    rule: str
    name: str
    caught: bool


def own_defects(outdir: Path, rules: Mapping[str, Rule]) -> list[Defect]:
    """Each defect for one of these rules of this project: the rule finds nothing before it and something after."""
    world = whole_world(outdir)
    whole = stacks(world)
    before = {id_: len(list(rule.findings(whole))) for id_, rule in rules.items()}
    return [
        Defect(id_, name, len(list(rules[id_].findings(stacks_after(world, whole, break_)))) > before[id_])
        for id_, name, break_ in OWN
        if id_ in rules
    ]


def checkov_defects(outdir: Path) -> list[Defect]:
    """Each defect for a check of checkov, all in one scan, beside what it was put into."""
    world = real_world(outdir)
    pairs = [
        _before_and_after(world, f"{stack}-{position}", SUBJECTS.get(id_, frozenset()), break_)
        for position, (id_, _, stack, break_) in enumerate(CHECKOV)
    ]
    found = scan([stack for pair in pairs for stack in pair], checkov_python()).findings
    counts = Counter((finding.rule, finding.at.stack) for finding in found if isinstance(finding.at, Place))
    return [
        Defect(id_, name, counts[id_, after.name] > counts[id_, before.name])
        for (id_, name, *_), (before, after) in zip(CHECKOV, pairs, strict=True)
    ]


def dated_defects(outdir: Path) -> list[Defect]:
    """What a person forgot: the same files on a day long past every expiry, and waivers that outlived their use."""
    day = date(2099, 1, 1)
    files = read_policy_files(ENVIRONMENTS)
    broken_rules = [found for rule in RULES for found in rule.findings(stacks(real_world(outdir)))]
    forgotten, *_ = waive(broken_rules, files, day)
    entries = list(past_expiries(load_estate(ENVIRONMENTS), ENVIRONMENTS, day))
    return [
        Defect(EXPIRED, "forgot a waiver", EXPIRED in {found.rule for found in forgotten}),
        Defect(PAST_BREAK_GLASS, "forgot a break-glass entry", bool(entries)),
    ]


def all_defects(outdir: Path) -> list[Defect]:
    """Every defect there is."""
    return [
        *own_defects(outdir, {rule.id: rule for rule in RULES}),
        *dated_defects(outdir),
        *checkov_defects(outdir),
    ]


def _before_and_after(world: World, name: str, subjects: frozenset[str], break_: Break) -> list[Stack]:
    """A stack before and after it was broken, of the types that the check looks at: scanning takes long."""
    stack = name.partition("-")[0]
    before, after = world[stack], broken(world, break_)[stack]
    types = {type_: after["resource"].get(type_) for type_ in {**before["resource"], **after["resource"]}}
    kept = subjects | {type_ for type_, now in types.items() if now != before["resource"].get(type_)}
    return stacks({f"{name}-before": _only(before, kept), name: _only(after, kept)})


def _only(body: dict[str, Any], types: frozenset[str]) -> dict[str, Any]:
    return {**body, "resource": {type_: found for type_, found in body["resource"].items() if type_ in types}}


def main() -> int:
    """Print every defect and whether it was caught."""
    from operations.artifacts.building import prepare
    from stacks.app import synthesize

    prepare()
    with TemporaryDirectory() as outdir:
        synthesize(load_estate(ENVIRONMENTS), NAMES, Path(outdir))
        defects = all_defects(Path(outdir))
    rows = [("caught" if one.caught else "MISSED", one.rule, one.name) for one in defects]
    print_table("Defects", ("", "rule", "what somebody did"), rows)
    caught = sum(one.caught for one in defects)
    print(f"{caught} of {len(defects)} defects caught, for {len({one.rule for one in defects})} rules")
    return 0 if caught == len(defects) else 1


if __name__ == "__main__":
    sys.exit(main())
