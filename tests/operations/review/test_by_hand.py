"""What a change does to a stack that a person applies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from operations.review.by_hand import by_hand, changed_by_hand
from operations.review.risks import default_risks
from operations.review.sources import Stacks, missing, read_stacks

GROUND = {
    "resource": {"aws_iam_role": {"R": {"name": "r"}}},
    "terraform": {"backend": {}},
    "//": {"version": 1},
}


def outdir(folder: Path, stack: dict[str, Any] | None) -> Path:
    """What synthesis leaves of an environment with a ground."""
    entries = {
        "dev-bootstrap": {"environment": "dev", "after": [], "reaches": [], "by_hand": True},
        "dev": {"environment": "dev", "after": [], "reaches": []},
    }
    for name, body in (("dev-bootstrap", stack), ("dev", {})):
        if body is not None:
            (folder / "stacks" / name).mkdir(parents=True)
            (folder / "stacks" / name / "cdk.tf.json").write_text(json.dumps(body), "utf-8")
    (folder / "stacks.json").write_text(json.dumps({"order": list(entries), "stacks": entries}), "utf-8")
    return folder


def found(base: Path | None, head: Path) -> list[tuple[str, str, str]]:
    """Findings of the environment."""
    stacks = read_stacks(head)
    changed = changed_by_hand(base, [head], stacks)
    findings = by_hand(changed, "dev", stacks, default_risks())
    assert list(by_hand(changed, "prod", stacks, default_risks())) == []
    return [(one.rule, str(one.level), one.address) for one in findings]


def test_a_change_is_high(tmp_path: Path) -> None:
    """Another value, one that comes, and a stack that is new; not who wrote it."""
    other = {**GROUND, "resource": {"aws_iam_role": {"R": {"name": "other"}}}}
    base, head, same, new = (
        outdir(tmp_path / name, stack)
        for name, stack in (("base", GROUND), ("head", other), ("same", {**GROUND, "//": {}}), ("new", None))
    )

    assert found(base, head) == [("ground-changed", "high", "plan of dev-bootstrap")]
    assert found(new, head) == [("ground-changed", "high", "plan of dev-bootstrap")]
    assert changed_by_hand(base, [head], read_stacks(head)) == {"dev-bootstrap": "aws_iam_role.R"}
    assert found(base, same) == []
    assert found(None, head) == []


def test_what_anybody_makes_of_the_same_files_counts(tmp_path: Path) -> None:
    """A head says that nothing changes, and the base's own code makes something else of its files."""
    base, forged = (outdir(tmp_path / name, GROUND) for name in ("base", "forged"))
    other = {**GROUND, "resource": {"aws_iam_role": {"R": {"name": "r"}, "New": {"name": "n"}}}}
    made = outdir(tmp_path / "made", other)

    changed = changed_by_hand(base, [forged, made], read_stacks(forged))

    assert changed == {"dev-bootstrap": "aws_iam_role.New"}


def test_its_plan_is_not_missed(tmp_path: Path) -> None:
    """What is said of it is whether it changes."""
    stacks: Stacks = read_stacks(outdir(tmp_path / "head", GROUND))

    told = [one.name for one in missing([], ["dev-bootstrap=a person", "dev=broken"], stacks)]

    assert told == ["dev"]
