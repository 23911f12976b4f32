"""What ``hybrid review`` does: reads or makes the plans, has them reviewed, writes the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from estate.model.rules import Path as Steps
from estate.reading.paths import differences, dotted, first_few
from estate.reading.problems import InvalidInput, Problem
from operations.allowances.acknowledgements import Acknowledgement, load_acknowledgements
from operations.artifacts.stack_json import addresses
from operations.console import print_document, progress
from operations.heads.brought import Brought
from operations.project import STACK_FILE, stack_path
from operations.review import gate as gates
from operations.review.belonging import not_of
from operations.review.by_hand import by_hand, changed_by_hand
from operations.review.findings import Finding, Level
from operations.review.formats import Format
from operations.review.plan_file import PlanFile, read_plan
from operations.review.review import Review
from operations.review.reviewer import (
    learn_secrets,
    learn_secrets_of,
    plan_address,
    protection_lost,
    review_plans,
)
from operations.review.risks import Risks, default_risks, load_risks
from operations.review.rules import finding
from operations.review.sources import Source, Stacks, absent, gone, missing, read_stacks, sources
from operations.review.terraform import planned
from operations.review.trees.changes import tree_changes
from operations.review.trees.local import compared, has_tree
from operations.review.trees.risks import with_trees
from operations.review.trees.texts import Side
from operations.texts.redaction import Redaction

_SHOWN: Final = 5
_LABELS: Final = frozenset({"default_labels", "default_tags", "ignore_tags"})
"""What of a provider each object's plan shows."""


@dataclass(frozen=True)
class Options:
    """What the command line says.

    Attributes:
        sources: plans as FILE or NAME=FILE, or environments and companion stacks to plan.
        outdir: folder of the synthesized stacks.
        base: the same folder as the base branch synthesizes it.
        folder: folder of the environment files.
        acknowledgements: file of acknowledgements.
        risks: another risk data file.
        fail_on: lowest level that stops.
        today: date that expiries are judged by.
        not_planned: stacks that could not be planned, as NAME=REASON.
        binary: the Terraform or OpenTofu command.
        accepted: acknowledgements that count, where they are not those of the folder.
        brought: what the pull request brings of its own that judges.
        trees: what is merged and what is to be, whose trees of manifests are compared; none where nobody can tell.
        stacks: the stacks of the estate, where ``outdir`` is not to be asked which there are.
        grounds: folders of stacks that a person applies, as somebody who is believed made them of the same files.
    """

    sources: Sequence[str]
    outdir: Path
    base: Path | None
    folder: Path
    acknowledgements: Path | None
    risks: Path | None
    fail_on: Level
    today: date
    not_planned: Sequence[str]
    binary: str
    accepted: Sequence[Acknowledgement] | None = None
    brought: Sequence[Brought] = ()
    trees: tuple[Side, Side] | None = None
    stacks: Stacks | None = None
    grounds: Sequence[Path] = ()


def review(options: Options) -> tuple[Review, gates.Gate]:
    """Read or make the plans, and review them.

    Raises:
        InvalidInput: a file cannot be read or is wrong, or Terraform cannot plan.
    """
    risks = with_trees(load_risks(options.risks) if options.risks else default_risks())
    accepted = options.accepted
    if accepted is None:
        path = options.acknowledgements
        accepted = load_acknowledgements(path or options.folder / gates.FILE, may_be_absent=path is None)
    stacks = _stacks(options)
    asked = sources(options.sources, options.outdir, stacks)
    missed = missing(asked, options.not_planned, stacks)
    # A pull request may have no stack, and bring what judges all the same.
    if not asked and not missed and options.accepted is None and options.trees is None:
        message = "needs a plan or an environment; name one, or say why there is none with --not-planned"
        raise InvalidInput.of_file("hybrid review", message)
    redaction = Redaction()
    sides = options.trees or compared(options.base, options.folder)
    trees = tree_changes(*sides) if sides else {}
    left = gone(options.base, stacks) if options.base else {}
    moving = _moving(options, stacks)
    ground = changed_by_hand(options.base, (options.outdir, *options.grounds), stacks)
    with ExitStack() as plans:
        files = [(source, *_file(source, options, plans)) for source in asked]
        _learn(files, redaction, options, stacks)
        for one in trees.values():
            learn_secrets_of(one.changes, redaction)
        planned_of = [*(one.environment for one in asked), *(one.environment for one in missed)]
        names = dict.fromkeys(
            [*planned_of, *trees, *left.values(), *map(stacks.environment, (*moving, *ground))]
        )
        environments = tuple(
            review_plans(
                name,
                (
                    (source.stack, read_plan(file, display))
                    for source, file, display in files
                    if source.environment == name
                ),
                risks,
                redaction,
                [
                    *absent(missed, name, risks, stacks),
                    *_unprotected(options, [one.stack for one in asked if one.environment == name], risks),
                    *_gone(left, name, risks),
                    *_elsewhere(moving, stacks, name, risks),
                    *by_hand(ground, name, stacks, risks),
                    *_expiries(options, name, risks),
                    *(trees[name].findings if name in trees else ()),
                ],
                trees[name].changes if name in trees else (),
            )
            for name in names
        )
    result = Review(
        options.today,
        environments,
        tuple(replace(one, reason=redaction.text(one.reason)) for one in missed),
        tuple(_notes(options, asked, trees_compared=sides is not None)),
    )
    known = {path.stem for path in options.folder.glob("*.yaml")} - {"organization"}
    return result, gates.judge(result, accepted, options.fail_on, known, options.brought)


def _stacks(options: Options) -> Stacks:
    """The stacks of the estate; one that the base plans is not excused by a state on somebody's machine."""
    stacks = options.stacks or read_stacks(options.outdir)
    if options.base is None:
        # Nothing to compare what a person applies with: its plan is as missing as any other.
        return replace(stacks, by_hand=frozenset())
    base = read_stacks(options.base)
    return replace(stacks, local=stacks.local - (base.environments.keys() - base.local))


def _learn(
    files: Sequence[tuple[Source, Path, str]], redaction: Redaction, options: Options, stacks: Stacks
) -> None:
    """Note every plan's secrets; says of all plans at once which cannot be read, or is another stack's."""
    problems: list[Problem] = []
    for source, file, display in files:
        try:
            plan = read_plan(file, display)
        except InvalidInput as error:
            problems += error.problems
            continue
        learn_secrets(plan, redaction)
        problems += [Problem.of_file(display, text) for text in _foreign(source, plan, options, stacks)]
    if problems:
        raise InvalidInput(problems)


def _foreign(source: Source, plan: PlanFile, options: Options, stacks: Stacks) -> Iterator[str]:
    """Why a plan is not of the stack that it is given out for; free names are nobody's."""
    known = source.environment in stacks.environments.values() or _is_environment(options, source.environment)
    if known and source.file is not None:
        yield from not_of(source.stack, source.environment, plan, _stack(options.outdir, source.stack))


def _is_environment(options: Options, name: str) -> bool:
    return (options.folder / f"{name}.yaml").is_file()


def _file(source: Source, options: Options, plans: ExitStack) -> tuple[Path, str]:
    """The file with a plan, and what to call it in an error."""
    if source.file is not None:
        return source.file, str(source.file)
    with progress(f"planning {source.stack}"):
        folder = stack_path(options.outdir, source.stack)
        return plans.enter_context(planned(source.stack, folder, options.binary)), source.stack


def _unprotected(options: Options, stacks: Sequence[str], risks: Risks) -> Iterator[Finding]:
    """Where prevent_destroy is switched off, which no plan shows."""
    if options.base is None:
        return
    if not (options.base / "stacks").is_dir():
        message = "has no stacks; synthesize the base branch there, with hybrid synth --output"
        raise InvalidInput.of_file(options.base, message)
    for name in stacks:
        base, head = (_stack(folder, name) for folder in (options.base, options.outdir))
        if base is not None and head is None:
            message = f"is not synthesized here, but in {options.base}; run hybrid synth"
            raise InvalidInput.of_file(name, message)
        # An environment that is new in this change was not protected before.
        for address in protection_lost(base or {}, head or {}):
            yield finding("unprotected", risks.fixed.unprotected, address)


def _gone(left: Mapping[str, str], environment: str, risks: Risks) -> Iterator[Finding]:
    for stack, of in left.items():
        if of == environment:
            yield finding("stack-gone", risks.fixed.stack_gone, plan_address(of, stack))


def _moving(options: Options, stacks: Stacks) -> dict[str, tuple[str, str]]:
    """Stacks of the base with something in them whose state, or whose objects, are to lie elsewhere: where that differs.

    A plan begins with whatever is in the place that it is told, and says nothing of another; a place that is new has none.
    """
    found: dict[str, tuple[str, str]] = {}
    if options.base is None:
        return found
    for name in stacks.environments:
        base, head = _stack(options.base, name), _stack(options.outdir, name)
        if base is not None and head is not None and any(addresses(base)):
            before, after = (one.get("terraform", {}).get("backend") for one in (base, head))
            state = _places(differences(before, after, ("backend",)))
            one, other = base.get("provider", {}), head.get("provider", {})
            # One that comes or goes has nothing that lies elsewhere.
            both = {key: value for key, value in other.items() if key in one}
            providers = differences({key: one[key] for key in both}, both, ("provider",))
            found[name] = state, _places(place for place in providers if not _LABELS & set(place[0]))
    return {name: places for name, places in found.items() if any(places)}


def _places(found: Iterable[tuple[Steps, Any, Any]]) -> str:
    return first_few([dotted(path) for path, _, _ in found], _SHOWN)


def _elsewhere(
    moving: Mapping[str, tuple[str, str]], stacks: Stacks, environment: str, risks: Risks
) -> Iterator[Finding]:
    for stack, (state, login) in moving.items():
        if stacks.environment(stack) == environment:
            address = plan_address(environment, stack)
            if state:
                yield finding("state-moved", risks.fixed.state_moved, address, state)
            if login:
                yield finding("login-moved", risks.fixed.login_moved, address, login)


def _notes(options: Options, asked: Sequence[Source], *, trees_compared: bool) -> Iterator[str]:
    """What was not looked at although it could be."""
    if not any(_stack(options.outdir, one.stack) is not None for one in asked):
        return
    if options.base is None:
        yield (
            "prevent_destroy was not compared, because no plan shows it; "
            "--base DIR compares with the stacks of the base branch"
        )
    if not trees_compared and has_tree(options.folder):
        yield "the tree of manifests was not compared; --base DIR does, where DIR is the cdktf.out of a checkout of its own"


def _stack(folder: Path, name: str) -> Any:
    """The synthesized stack; None where it is not."""
    import json

    from operations.artifacts.stack_json import read_stack

    try:
        return read_stack(folder, name)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        path = stack_path(folder, name) / STACK_FILE
        reason = "is not JSON" if isinstance(error, json.JSONDecodeError) else "cannot be read"
        raise InvalidInput.of_file(path, f"{reason}; synthesize it anew") from None


def _expiries(options: Options, name: str, risks: Risks) -> list[Finding]:
    """What has ended in the environment's files; nothing where a plan is of something else."""
    if not _is_environment(options, name):
        return []
    from estate.reading.estate_loader import load_estate
    from operations.review.expiries import expiries

    estate = load_estate(options.folder, [name])
    return list(expiries(estate, name, options.today, risks))


def write(result: Review, gate: gates.Gate, format_: Format, output: Path | None) -> None:
    """Write a review to a file, or to standard output."""
    from operations.files.writing import write_file
    from operations.review.html import html
    from operations.review.markdown import markdown
    from operations.review.report_json import review_json
    from operations.review.terminal import lines_of, print_review

    if format_ is Format.TEXT and output is None:
        print_review(result, gate)
        return
    if format_ is Format.TEXT:
        text = "\n".join(line for line, _ in lines_of(result, gate))
    else:
        render = {Format.MARKDOWN: markdown, Format.HTML: html, Format.JSON: review_json}[format_]
        text = render(result, gate)
    if output is None:
        print_document(text, is_json=format_ is Format.JSON)
    else:
        write_file(output, f"{text}\n")
