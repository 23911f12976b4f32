"""Makes a review of a plan: every change judged by itself, then what several changes mean together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from operations.review.attributes import ABSENT, Attributes, Difference, matches
from operations.review.drift import judge_drift, strange
from operations.review.entities import entity_of
from operations.review.findings import PLAN, Finding, Level
from operations.review.openings import Openings
from operations.review.plan import Action, Change, Output, Values
from operations.review.plan_file import PlanFile
from operations.review.redundancy import Survivors
from operations.review.review import DRIFT, OUTPUT, EnvironmentReview, ReviewedChange
from operations.review.risks import Risks
from operations.review.rules import Judge, finding
from operations.review.text import cut
from operations.review.versions import VersionChanges
from operations.review.widening import MOVES, TAKEN, Widening
from operations.strangers.beside import Beside
from operations.strangers.strangers import Strangers
from operations.texts.redaction import Redaction

_SHOWN_UPDATE = 30
_SHOWN_OTHERS = 8
"""A new object's attributes stand in the code; of those that go, a few tell which object it is."""
_MESSAGE = 400
_LONGEST_REASON = 1200
_NOTHING_SPECIAL = ("otherwise-create", "otherwise-update")


def learn_secrets(plan: PlanFile, redaction: Redaction) -> None:
    """Note every secret of a plan, before anything of any plan is shown."""
    for value in plan.sensitive_variables():
        redaction.learn_secret(value)
    for change in chain(plan.changes(), plan.drift(), plan.deferred(), plan.invocations()):
        _learn(change.values, redaction)
    for output in plan.outputs():
        _learn(output.values, redaction)


def learn_secrets_of(changes: Iterable[Change], redaction: Redaction) -> None:
    """Note every secret of other changes."""
    for change in changes:
        _learn(change.values, redaction)


def _learn(values: Values, redaction: Redaction) -> None:
    redaction.learn_marked(values.before, values.sensitive_before)
    redaction.learn_marked(values.after, values.sensitive_after)


def review_plans(
    environment: str,
    plans: Iterable[tuple[str, PlanFile]],
    risks: Risks,
    redaction: Redaction,
    also: Iterable[Finding] = (),
    tree: Iterable[Change] = (),
) -> EnvironmentReview:
    """Review the plans of one environment's stacks together, and what changes in its clusters.

    Args:
        environment: its name.
        plans: each stack with its plan; they may come one by one, so that only one is in memory.
        risks: the rules.
        redaction: knows the secrets of all plans.
        also: findings from elsewhere, about the environment's files or its synthesized stacks.
        tree: what happens to the manifests of its clusters.
    """
    reviewer = _Reviewer(environment, risks, redaction)
    for stack, plan in plans:
        reviewer.see(stack, plan)
    reviewer.see_tree(tree)
    return reviewer.review(also)


class _Reviewer:
    def __init__(self, environment: str, risks: Risks, redaction: Redaction) -> None:
        self._environment = environment
        self._risks = risks
        self._redaction = redaction
        self._judge = Judge(risks)
        self._widening = Widening(risks)
        self._openings = Openings(risks)
        self._survivors = Survivors(risks)
        self._versions = VersionChanges(risks)
        self._stack = ""
        self._planned: dict[str, tuple[Action, frozenset[str]]] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._beside = Beside()
        self._changes: list[ReviewedChange] = []
        self._whole: list[Finding] = []
        self._terraform: list[str] = []
        self._unchanged = 0

    def see(self, stack: str, plan: PlanFile) -> None:
        # The environment's own stack needs no name beside the environment's.
        self._stack = "" if stack == self._environment else stack
        self._planned, self._known, self._beside = {}, {}, Beside()
        for change in chain(plan.changes(), plan.invocations()):
            self._see(change)
        deferred = list(plan.deferred())
        for change in deferred:
            self._see(change)
        self._see_all_drift(plan)
        plain = plan.plain_outputs()
        for output in plan.outputs():
            self._see_output(output, is_plain=output.name in plain)
        self._whole += self._about_the_plan(plan, len(deferred))
        self._terraform.append(plan.terraform_version)

    def see_tree(self, changes: Iterable[Change]) -> None:
        self._stack = ""
        for change in changes:
            self._see(change)

    def review(self, also: Iterable[Finding]) -> EnvironmentReview:
        whole = [
            *self._whole,
            *also,
            *self._widening.findings(),
            *self._openings.findings(),
            *self._survivors.findings(),
            *self._versions.findings(),
        ]
        changes, left = self._attach(whole)
        return EnvironmentReview(
            name=self._redaction.text(self._environment),
            terraform_version=self._redaction.text(", ".join(dict.fromkeys(filter(None, self._terraform)))),
            unchanged=self._unchanged,
            changes=tuple(
                sorted(changes, key=lambda change: (-change.level.rank, change.entity, change.part))
            ),
            findings=_worst_first(left),
        )

    def _see(self, change: Change) -> None:
        self._beside.see(change.type, change.values.before)
        self._widening.see(change)
        self._openings.see(change)
        self._survivors.see(change)
        if change.is_quiet:
            self._unchanged += 1
            return
        attributes = Attributes(change.values)
        differences = tuple(attributes.differences(self._redaction))
        changed = self._loud(differences)
        self._planned[change.address] = (change.action, frozenset(one.path for one in changed))
        self._known[change.address] = frozenset(one.path for one in differences if one.known)
        self._versions.see(change, changed)
        found = tuple(self._judge.findings(change, attributes, changed))
        told = changed if change.action is Action.UPDATE else _without_news(changed)
        self._changes.append(self._reviewed(change, change.action, told, found))

    def _loud(self, differences: Sequence[Difference]) -> tuple[Difference, ...]:
        """Those that are more than a service's own bookkeeping."""
        return tuple(
            one
            for one in differences
            if one.known or not any(matches(one.path, pattern) for pattern in self._risks.quiet_attributes)
        )

    def _see_all_drift(self, plan: PlanFile) -> None:
        drift = list(plan.drift())
        strangers = Strangers(plan.configured() if drift else {}, self._beside)
        for drifted in drift:
            # A refresh-only plan has no changes, and tells here alone what moves.
            if drifted.action is Action.NO_OP and drifted.previous_address:
                if drifted.address not in self._planned:
                    self._see(drifted)
                continue
            self._see_drift(strange(drifted, self._known.get(drifted.address, frozenset()), strangers))

    def _see_drift(self, drifted: Change) -> None:
        differences = self._loud(tuple(Attributes(drifted.values).differences(self._redaction)))
        found = tuple(judge_drift(drifted, differences, self._planned, self._risks))
        if found:
            self._changes.append(self._reviewed(drifted, DRIFT, differences, found))

    def _see_output(self, output: Output, *, is_plain: bool) -> None:
        if output.action is Action.NO_OP:
            return
        values = output.values
        found = []
        # Terraform marks both sides when one of them is sensitive; the configuration says which.
        if values.sensitive_before is True and is_plain:
            found.append(finding("output-exposed", self._risks.fixed.output_exposed, f"output.{output.name}"))
        attributes = Attributes(
            replace(
                values,
                before={"value": values.before},
                after={"value": values.after},
                unknown={"value": values.unknown},
                sensitive_before={"value": values.sensitive_before},
                sensitive_after={"value": values.sensitive_after},
            )
        )
        text = self._redaction.text
        self._changes.append(
            ReviewedChange(
                address=text(f"output.{output.name}"),
                action=output.action.value,
                type=OUTPUT,
                entity="outputs",
                part=text(output.name),
                findings=tuple(map(self._clean, found)),
                stack=self._redaction.text(self._stack),
                differences=tuple(attributes.differences(self._redaction))[:_SHOWN_OTHERS],
            )
        )

    def _reviewed(
        self, change: Change, action: str, differences: Sequence[Difference], found: Sequence[Finding]
    ) -> ReviewedChange:
        entity, part = entity_of(change.type, change.name, change.module, change.index)
        most = _SHOWN_UPDATE if action in (Action.UPDATE, Action.REPLACE, DRIFT) else _SHOWN_OTHERS
        text = self._redaction.text
        if change.deposed:
            part = f"{part} (an old copy that a replacement left)".strip()
        return ReviewedChange(
            address=text(change.address),
            action=str(action),
            type=text(change.type),
            entity=text(entity.name),
            part=text(part),
            findings=tuple(map(self._clean, found)),
            stack=text(self._stack),
            differences=tuple(differences[:most]),
            more_differences=max(0, len(differences) - most),
            previous_address=text(change.previous_address),
            imported=change.imported,
            forced_by=tuple(map(text, change.replace_paths)),
            because=text(change.reason),
        )

    def _clean(self, found: Finding) -> Finding:
        # Cut after the secrets are out: half of one would no longer be found.
        text = self._redaction.text
        return replace(found, address=text(found.address), reason=cut(text(found.reason), _LONGEST_REASON))

    def _is_nothing_special(self, found: Finding) -> bool:
        """Whether it says no more than that something changes, which goes without saying beside anything else."""
        low = found.level.rank <= Level.LOW.rank
        return found.rule in _NOTHING_SPECIAL or (low and found.rule in self._risks.updates)

    def _about_the_plan(self, plan: PlanFile, deferred: int) -> Iterator[Finding]:
        fixed = self._risks.fixed
        address = plan_address(self._environment, self._stack)
        for oddity in plan.oddities():
            yield finding("unknown", fixed.unknown, address, oddity)
        if plan.is_errored:
            yield finding("errored", fixed.errored, address)
        elif not plan.is_complete or deferred:
            yield finding("incomplete", fixed.incomplete, address, f"{deferred} put off")
        for condition in plan.failed_conditions():
            verdict = fixed.check_unknown if condition.status == "unknown" else fixed.check_failed
            rule = "check-unknown" if condition.status == "unknown" else "check-failed"
            detail = cut(self._redaction.text("; ".join(condition.messages)), _MESSAGE)
            yield finding(rule, verdict, condition.address, detail)

    def _attach(self, found: Iterable[Finding]) -> tuple[list[ReviewedChange], list[Finding]]:
        """Put findings to the changes that they are about; what is about none of them is left."""
        by_address: dict[str, list[Finding]] = {}
        for one in map(self._clean, found):
            by_address.setdefault(one.address, []).append(one)
        changes = []
        for change in self._changes:
            more = [] if change.action == DRIFT else by_address.pop(change.address, [])
            own = [one for one in change.findings if not (more and self._is_nothing_special(one))]
            taken = self._risks.taken
            if any(one.rule == TAKEN for one in own):
                said = any(one.rule == MOVES or one.rule in taken for one in more)
                own = [one for one in own if not (said and one.rule == TAKEN)]
            else:
                # A key that goes says of itself who may use it; what counts is that it goes.
                goes = change.action == Action.DELETE
                more = [one for one in more if one.rule != MOVES and not (goes and one.rule in taken)]
            changes.append(replace(change, findings=_worst_first([*own, *more])))
        return changes, [one for group in by_address.values() for one in group]


def plan_address(environment: str, stack: str) -> str:
    """What stands for an address where a finding is about the plan of a stack as a whole."""
    return PLAN if stack in {"", environment} else f"{PLAN} of {stack}"


def _without_news(differences: Iterable[Difference]) -> list[Difference]:
    """Differences without what a new object is only given by the service."""
    return [one for one in differences if one.known or one.before not in (ABSENT, "null")]


def _worst_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (-one.level.rank, one.address, one.rule)))


def protection_lost(base: Any, head: Any) -> list[str]:
    """Addresses that a synthesized stack protected and no longer protects, though it still has them."""
    from operations.artifacts.stack_json import addresses, protected_addresses

    return sorted((set(protected_addresses(base)) - set(protected_addresses(head))) & set(addresses(head)))
