"""What somebody changed outside Terraform, and whether the plan changes it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from estate.reading.paths import first_few
from operations.review.attributes import Difference, bare
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.risks import Risks
from operations.review.rules import finding
from operations.strangers.strangers import Drifted, Strangers

_RESTORES = (Action.CREATE, Action.REPLACE)


def strange(drifted: Change, planned: frozenset[str], strangers: Strangers) -> Change:
    """A change made outside Terraform without what nobody did.

    Args:
        drifted: from what the state says to what is.
        planned: attributes of the object that the plan changes to a known value.
        strangers: tells who did what.
    """
    if drifted.action is not Action.UPDATE or drifted.module:
        return drifted
    values = drifted.values
    hidden = bare(values.sensitive_after)
    if hidden is True:
        return drifted
    left = strangers.left(
        Drifted(drifted.address, drifted.type, values.before, values.after, planned, hidden or ())
    )
    return replace(drifted, values=replace(values, after=left))


def judge_drift(
    drifted: Change,
    differences: tuple[Difference, ...],
    planned: Mapping[str, tuple[Action, frozenset[str]]],
    risks: Risks,
) -> Iterator[Finding]:
    """Judge a change made outside Terraform.

    Args:
        drifted: from what the state says to what is.
        differences: its attributes that differ, quiet ones left out.
        planned: by address, what the plan does to each object and the attributes that it changes.
        risks: the rules.
    """
    action, changed = planned.get(drifted.address, (Action.NO_OP, frozenset()))
    if drifted.action is Action.DELETE:
        undone = action in _RESTORES
        detail = "it was deleted"
    else:
        paths = sorted({one.path for one in differences})
        if not paths:
            return
        # Replacing an object or changing the attribute puts back what the configuration says.
        undone = action is Action.REPLACE or bool(changed.intersection(paths))
        detail = f"{first_few(paths, 5)} changed"
    if undone:
        yield finding("drift-undone", risks.fixed.drift_undone, drifted.address, detail)
    else:
        yield finding("drift", risks.fixed.drift, drifted.address, detail)
