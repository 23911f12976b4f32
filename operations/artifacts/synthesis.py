"""The flow of ``hybrid synth``: load, check, build in a staging folder, check again, publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from estate.derived.stack_plan import StackPlan, companion_names, companions, stack_plans
from estate.model.estate import Estate
from estate.model.refactoring import Refactoring
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.building import build
from operations.artifacts.order import order_text
from operations.artifacts.publish import publish
from operations.artifacts.stack_json import StackJson, addresses, protected_addresses, read_stack
from operations.artifacts.stateful import (
    entries_out_of_step,
    lost_addresses,
    lost_companion,
    read_record,
    record_path,
    record_text,
)
from operations.cards.losses import loss
from operations.files.alone import staging_folder
from operations.files.writing import write_files
from operations.interruption import held_back
from operations.project import stack_path
from operations.states.spent import spent_entries
from operations.states.state import local_state
from operations.terraform.locks import lay_lock, other_versions
from operations.texts.counting import count


@dataclass(frozen=True)
class StackReport:
    """What became of one stack.

    Attributes:
        plan: the stack, whose it is, what it needs to reach.
        path: the stack's folder, where Terraform runs.
        resources: number of managed resources.
        providers: names of the declared providers.
        stateful: number of recorded stateful addresses.
        notes: what a person should know, in whole sentences.
    """

    plan: StackPlan
    path: Path
    resources: int
    providers: tuple[str, ...]
    stateful: int
    notes: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The stack's name."""
        return self.plan.name


def synth(folder: Path, names: Sequence[str], outdir: Path) -> tuple[Estate, list[StackReport]]:
    """Synthesize the named environments, all when none is named, into ``outdir``.

    All environment files are checked, also those that are not named: rules cross them. Nothing is
    written before everything has passed.

    Args:
        folder: the folder of the environment files.
        names: environments to synthesize.
        outdir: the folder to write to; other stacks in it are left as they are.

    Raises:
        InvalidInput: the files, the stateful addresses or the refactoring entries are wrong.
        OSError: the output cannot be written.
    """
    estate = load_estate(folder, names)
    chosen = [name for name in estate.environments if not names or name in names]
    plans = stack_plans(estate)
    with staging_folder(outdir) as staging:
        build(estate, chosen, staging)
        stacks = {
            plan: read_stack(staging, plan.name)
            for environment in chosen
            for plan in plans.values()
            if plan.environment == environment
        }
        if problems := losses(estate, folder, stacks, chosen):
            raise InvalidInput(problems)
        with held_back():
            # The records first: output without its record could be applied and then lost by an edit.
            recorded = _renew_records(estate, folder, stacks)
            publish(staging, outdir, frozenset(plans), order_text(plans))
    return estate, [
        _report(estate, folder, outdir, plan, stack, recorded.get(plan)) for plan, stack in stacks.items()
    ]


def losses(
    estate: Estate, folder: Path, stacks: Mapping[StackPlan, StackJson], chosen: Sequence[str]
) -> list[Problem]:
    """What recorded stateful addresses and refactoring entries say against the stacks, for which synth refuses them.

    Args:
        estate: as loaded from ``folder``.
        folder: the folder of the environment files.
        stacks: the stacks of the environments in question.
        chosen: these environments.
    """
    problems: list[Problem] = []
    for plan, stack in stacks.items():
        refactoring = estate.refactoring(plan.name)
        if plan.by_hand or estate.environments[plan.environment].deletion_protection:
            recorded = read_record(record_path(folder, plan.name))
            problems += lost_addresses(plan.name, recorded, stack, refactoring)
        problems += entries_out_of_step(plan.name, folder, stack, refactoring)
    for name in chosen:
        for companion in companion_names(name):
            if companion not in companions(estate.environments[name]):
                problems += lost_companion(name, companion, folder, estate.refactoring(companion))
    return problems


def _renew_records(
    estate: Estate, folder: Path, stacks: Mapping[StackPlan, StackJson]
) -> Mapping[StackPlan, str]:
    """Record what is new, and say so; an environment that may be thrown away records nothing."""
    texts, notes = {}, {}
    for plan, stack in stacks.items():
        path = record_path(folder, plan.name)
        recorded, protected = read_record(path), frozenset(protected_addresses(stack))
        keeps = plan.by_hand or estate.environments[plan.environment].deletion_protection
        renewed = recorded | protected if keeps else protected
        if renewed == recorded:
            continue
        texts[path] = record_text(renewed)
        gone, new = len(recorded - renewed), len(renewed - recorded)
        what = f"{new} stateful addresses recorded in" if new else f"deletion_protection is off: {gone} left"
        notes[plan] = f"{what} {path}; commit it"
    write_files(texts.items(), folder)
    return notes


def _report(
    estate: Estate, folder: Path, outdir: Path, plan: StackPlan, stack: StackJson, recorded: str | None
) -> StackReport:
    notes = (
        recorded,
        lay_lock(folder, outdir, plan.name),
        other_versions(folder, plan.name, stack),
        _spent_note(estate, plan),
        _reach_note(plan),
        *_destroyed_notes(estate.refactoring(plan.name)),
    )
    return StackReport(
        plan=plan,
        path=stack_path(outdir, plan.name),
        resources=sum(1 for _ in addresses(stack)),
        providers=tuple(sorted(stack.get("provider", {}))),
        stateful=len(read_record(record_path(folder, plan.name))),
        notes=tuple(note for note in notes if note),
    )


def _destroyed_notes(refactoring: Refactoring) -> Iterator[str]:
    for entry in refactoring.removed:
        if entry.destroy:
            yield f"an apply destroys {entry.from_}{loss(entry.from_)}"


def _reach_note(plan: StackPlan) -> str | None:
    if plan.clusters:
        return (
            f"an apply talks to {', '.join(map(str, plan.clusters))}, and so does a plan once its release stands, "
            f"so run both where hybrid reach {plan.environment} succeeds, and apply it after {plan.environment}"
        )
    if plan.by_hand:
        return f"a person plans and applies it, no pipeline does, and before {plan.environment}"
    if not plan.reaches:
        return None
    hosts = ", ".join(f"{host}:{port}" for host, port in plan.reaches)
    return (
        f"a plan logs in to {hosts}, so run it where hybrid reach {plan.environment} succeeds, and apply it "
        f"before {plan.environment}"
    )


def _spent_note(estate: Estate, plan: StackPlan) -> str | None:
    name = plan.name
    entries = estate.refactoring(name)
    if not estate.environments[plan.environment].state.local:
        # A remote state is not asked: synthesis needs neither network nor credentials.
        some = entries.import_ or entries.moved or entries.removed
        return (
            f"refactoring entries stand; `hybrid settle {name} --write` takes out what is spent"
            if some
            else None
        )
    try:
        spent = spent_entries(entries, local_state(name))
    except InvalidInput as error:
        # A hint only: an apply may be writing the state at this moment.
        return f"whether refactoring entries are spent cannot be said: {error}"
    what = count(len(spent), "refactoring entry is", "refactoring entries are")
    return f"{what} spent; run `hybrid settle {name} --write`" if spent else None
