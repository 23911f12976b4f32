"""The flow of ``hybrid gate``: every part of the question, asked of one synthesis.

A composition of what other verbs ask by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.artifacts.atlantis import FILE as ATLANTIS
from operations.artifacts.building import build
from operations.artifacts.estate_stacks import read_stacks
from operations.artifacts.order import ORDER, order_text
from operations.artifacts.stack_json import read_stack
from operations.files.temporary import temporary_folder
from operations.gate.again import differing_files
from operations.gate.asking import Answer, Asking
from operations.gate.policy import Policy
from operations.gate.promotion import ask_promotion
from operations.gate.records import has_records, record_findings
from operations.gate.schema_files import schema_findings
from operations.gate.snapshots import has_snapshots, snapshot_findings
from operations.gate.trees import ask_tree
from operations.gate.watched import watched_findings
from operations.gate.workflows import atlantis_findings, workflow_findings
from operations.owners.gaps import owner_findings, placeholder_notes
from operations.project import has_product

_OF_STACKS = ("same bytes", "snapshots", "records", "pipelines", "policy")
"""The parts that need a synthesis."""


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        folder: the folder of the environment files; pipelines stand beside it.
        today: the day in UTC that expiries are compared with.
        files_only: whether the files alone count, so that the same ones give the same result wherever and whenever:
            what is past its day is a note, and nothing is compared with what is merged.
        base: the commit that counts as applied; origin/main, where there is one, when absent.
        runners: labels of runners inside private networks, as ``hybrid stacks`` takes them.
        verbs: every verb of ``hybrid``, which workflows may call.
        python: gives the interpreter that has checkov.
    """

    folder: Path
    today: date
    files_only: bool
    base: str | None
    runners: Mapping[str, str]
    verbs: Collection[str]
    python: Callable[[], str]


def gate(request: Request, asking: Asking) -> None:
    """Ask every part; ``asking`` holds what came of it."""
    estate = asking.ask("check", lambda: Answer(load_estate(request.folder)))
    if estate is None:
        asking.leave_out(("schemas", "synth", *_OF_STACKS, "promotion"), "check refuses the files")
        return
    asking.ask("schemas", lambda: _findings(schema_findings(request.folder)))
    ask_tree(asking, estate, request.folder)
    with temporary_folder() as made:
        outdir = made / "first"
        if asking.ask("synth", lambda: _synthesized(estate, outdir)):
            _ask_stacks(request, asking, estate, outdir)
        else:
            asking.leave_out(_OF_STACKS, "nothing was synthesized")
    if request.files_only:
        asking.leave_out(("promotion",), "it compares with what is merged")
    else:
        ask_promotion(asking, request.folder, request.today, request.base)


def _synthesized(estate: Estate, outdir: Path) -> Answer[bool]:
    build(estate, list(estate.environments), outdir)
    return Answer(value=True)


def _ask_stacks(request: Request, asking: Asking, estate: Estate, outdir: Path) -> None:
    folder, plans = request.folder, stack_plans(estate)
    again = outdir.with_name("second")
    asking.ask("same bytes", lambda: _findings(differing_files(folder, outdir, again)))
    asking.ask("snapshots", lambda: _snapshots(folder, outdir, list(plans)))
    asking.ask("records", lambda: _records(estate, folder, outdir))
    # Beside the stacks, where lists of them look for it; only now, because cdktf did not write it.
    (outdir / ORDER).write_text(order_text(plans), "utf-8")
    asking.ask("pipelines", lambda: _pipelines(request, outdir))
    policy = Policy(estate, folder, outdir, request.python)
    asking.ask(
        "policy",
        lambda: policy.whatever_the_day(request.today) if request.files_only else policy.on(request.today),
    )


def _snapshots(folder: Path, outdir: Path, names: list[str]) -> Answer[None]:
    if not has_snapshots(folder):
        return Answer(None, notes=("no snapshots are kept yet; hybrid gate --write makes them, commit them",))
    return _findings(snapshot_findings(folder, outdir, names))


def _records(estate: Estate, folder: Path, outdir: Path) -> Answer[None]:
    stacks = {plan: read_stack(outdir, plan.name) for plan in stack_plans(estate).values()}
    # Snapshots without any record are no new estate: somebody took the records away.
    kept = has_records(folder) or has_snapshots(folder)
    note = "no stateful addresses are recorded yet; hybrid gate --write records them, commit the records"
    found = tuple(record_findings(estate, folder, stacks, kept=kept))
    return Answer(None, found, () if kept else (note,))


def _pipelines(request: Request, outdir: Path) -> Answer[None]:
    root = request.folder.absolute().parent
    stacks = read_stacks(outdir, request.runners)
    found = (
        *atlantis_findings(root / ATLANTIS, stacks),
        *watched_findings(root, request.folder),
        *workflow_findings(root / ".github", request.verbs),
        *owner_findings(root, checkout=has_product(root)),
    )
    return Answer(None, found, tuple(placeholder_notes(root)))


def _findings(found: Iterable[str]) -> Answer[None]:
    return Answer(None, tuple(found))
