"""The command line of ``hybrid review``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from environments.problems import InvalidInput, Problem
from operations.console import progress
from operations.review import acknowledgements as words
from operations.review import gate as gates
from operations.review.findings import Finding, Level
from operations.review.formats import Format
from operations.review.plan_file import read_plan
from operations.review.redaction import Redaction
from operations.review.review import NotReviewed, Review
from operations.review.reviewer import learn_secrets, protection_lost, review_plan
from operations.review.risks import Risks, default_risks, load_risks
from operations.review.rules import finding
from operations.review.terraform import planned


@dataclass(frozen=True)
class Options:
    """What the command line says.

    Attributes:
        sources: plans as FILE or NAME=FILE, or environments to plan.
        outdir: folder of the synthesized stacks.
        base: the same folder as the base branch synthesizes it.
        folder: folder of the environment files.
        acknowledgements: file of acknowledgements.
        risks: another risk data file.
        fail_on: lowest level that stops.
        today: date that expiries are judged by.
        not_planned: stacks that could not be planned, as NAME=REASON.
        binary: the Terraform or OpenTofu command.
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


@dataclass(frozen=True)
class _Source:
    name: str
    file: Path | None


def today_or(text: str | None) -> date:
    """The date given, or today's in UTC.

    Raises:
        InvalidInput: it is no date.
    """
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"must be a date such as 2026-11-21, got {text!r}"
        raise InvalidInput([Problem("--today", 0, 0, "", message)]) from None


def review(options: Options) -> tuple[Review, gates.Gate]:
    """Read or make the plans, and review them.

    Raises:
        InvalidInput: a file cannot be read or is wrong, or Terraform cannot plan.
    """
    risks = load_risks(options.risks) if options.risks else default_risks()
    accepted = _acknowledgements(options.acknowledgements)
    sources = [_source(text, options.outdir) for text in options.sources]
    _names_differ(sources)
    redaction = Redaction()
    with ExitStack() as plans:
        files: list[tuple[str, Path]] = []
        for source in sources:
            if source.file is not None:
                files.append((source.name, source.file))
                continue
            with progress(f"planning {source.name}"):
                stack = options.outdir / "stacks" / source.name
                files.append((source.name, plans.enter_context(planned(source.name, stack, options.binary))))
        for name, file in files:
            learn_secrets(read_plan(file, _display(name, file)), redaction)
        environments = tuple(
            review_plan(
                name,
                read_plan(file, _display(name, file)),
                risks,
                redaction,
                [*_unprotected(options, name, risks), *_expiries(options, name, risks)],
            )
            for name, file in files
        )
    missing = tuple(_not_planned(text) for text in options.not_planned)
    result = Review(options.today, environments, missing)
    return result, gates.judge(result, accepted, options.fail_on)


def _display(name: str, file: Path) -> str:
    return name if "hybrid-review-" in str(file) else str(file)


def _acknowledgements(path: Path | None) -> tuple[words.Acknowledgement, ...]:
    if path is None:
        return words.load_acknowledgements(words.DEFAULT) if words.DEFAULT.exists() else ()
    return words.load_acknowledgements(path)


def _source(text: str, outdir: Path) -> _Source:
    """What a word on the command line means: NAME=FILE, an environment with a stack, or a file."""
    name, sign, file = text.partition("=")
    if sign:
        return _Source(name, Path(file))
    if (outdir / "stacks" / text / "cdk.tf.json").is_file():
        return _Source(text, None)
    path = Path(text)
    if not path.exists():
        message = f"is neither a plan nor a synthesized environment; make a plan, or run hybrid synth {text}"
        raise InvalidInput([Problem(text, 0, 0, "", message)])
    return _Source(path.stem, path)


def _names_differ(sources: Sequence[_Source]) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.name in seen:
            message = f"two plans are called {source.name}; name them apart, as NAME=FILE"
            raise InvalidInput([Problem(source.name, 0, 0, "", message)])
        seen.add(source.name)


def _not_planned(text: str) -> NotReviewed:
    name, _, reason = text.partition("=")
    return NotReviewed(name, reason or "no reason given")


def _unprotected(options: Options, name: str, risks: Risks) -> list[Finding]:
    if options.base is None:
        return []
    base, head = (_stack(folder, name) for folder in (options.base, options.outdir))
    verdict = risks.fixed.unprotected
    return [finding("unprotected", verdict, address) for address in protection_lost(base, head)]


def _stack(folder: Path, name: str) -> Any:
    """The synthesized stack; an environment that is not there, such as a new one, has nothing."""
    import json

    from operations.synth.stack_json import read_stack

    try:
        return read_stack(folder, name)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        path = folder / "stacks" / name / "cdk.tf.json"
        reason = "is not JSON" if isinstance(error, json.JSONDecodeError) else "cannot be read"
        raise InvalidInput([Problem(str(path), 0, 0, "", f"{reason}; synthesize it anew")]) from None


def _expiries(options: Options, name: str, risks: Risks) -> list[Finding]:
    """What has ended in the environment's files; nothing where a plan is of something else."""
    if not (options.folder / f"{name}.yaml").is_file():
        return []
    from environments.estate_loader import load_estate
    from operations.review.expiries import expiries

    estate = load_estate(options.folder, [name])
    return list(expiries(estate, name, options.today, risks))


def write(result: Review, gate: gates.Gate, format_: Format, output: Path | None) -> None:
    """Write a review to a file, or to standard output."""
    from operations.review.html import html
    from operations.review.markdown import markdown
    from operations.review.report_json import review_json
    from operations.review.terminal import lines_of, print_review
    from operations.synth.files import write_text

    if format_ is Format.TERMINAL and output is None:
        print_review(result, gate)
        return
    if format_ is Format.TERMINAL:
        text = "\n".join(line for line, _ in lines_of(result, gate))
    else:
        render = {Format.MARKDOWN: markdown, Format.HTML: html, Format.JSON: review_json}[format_]
        text = render(result, gate)
    if output is None:
        sys.stdout.write(f"{text}\n")
    else:
        write_text(output, f"{text}\n")
