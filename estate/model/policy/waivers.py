"""Findings of ``hybrid policy`` that may stay for a time, `environments/policy/waivers.yaml`.

A waiver is for one rule on one resource. One that is past its day fails; one that nothing needs is a note until then,
so that it can be merged ahead of what needs it. Left out: patterns, which would let in what nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import StringConstraints

from estate.model.access.values import Day
from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

StackName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z]+)?$"),
    Words("the name of a stack: an environment such as sandbox, or its companion such as sandbox-vsphere"),
]
"""Name of a stack."""

FindingAddress = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[A-Za-z0-9_][-A-Za-z0-9_]*)+$"),
    Words("an address as hybrid policy prints it, such as aws_kms_key.KmsKeys_database_24F806DB"),
]
"""Where a finding stands in a stack: a resource, or a block such as terraform.backend."""

RuleId = Annotated[
    str,
    StringConstraints(pattern=r"^(HYB|CKV|CKV2)(_[A-Z0-9]+)+$"),
    Words("the id of a rule as hybrid policy prints it, such as CKV_AWS_91 or HYB_STATE_REMOTE"),
]
"""Id of a rule of this project or a check of checkov."""


class Waiver(Model):
    """Lets one rule be broken by one resource until a day."""

    stack: StackName
    """The stack that the resource stands in."""
    resource: FindingAddress
    """Address of the resource in its stack, as `hybrid policy` prints it."""
    rule: RuleId
    """The rule that it may break."""
    reason: Annotated[str, StringConstraints(min_length=1)]
    """Why that is right for now, for the auditor."""
    expires: Day
    """Day from whose beginning in UTC the waiver counts no more; quoted."""


class Waivers(Model):
    """Everything that is waived."""

    waivers: tuple[Waiver, ...] = ()
    """One entry for each rule on each resource."""

    @rule
    def _each_stands_once(self) -> Iterator[Violation]:
        """One resource has one waiver of a rule."""
        seen: set[tuple[str, str, str]] = set()
        for position, waiver in enumerate(self.waivers):
            what = (waiver.stack, waiver.resource, waiver.rule)
            if what in seen:
                message = (
                    f"{waiver.rule} on {waiver.resource} of {waiver.stack} is waived already; keep one entry"
                )
                yield Violation(("waivers", position), message)
            seen.add(what)
