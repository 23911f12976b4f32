"""The ``hybrid`` command: its verbs, their options, their exit codes.

Exit codes: 0 done; 1 the machine refused (no Node, no disk, no permission) or could not be asked; 2 the input
or the command line is wrong, and nothing was written; 3 a review found what nobody has acknowledged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from environments.problems import InvalidInput
from operations.adopt.command import app as adopt
from operations.console import print_problems, progress, say
from operations.project import ENVIRONMENTS
from operations.report_file import REPORT, Report
from operations.review.findings import Level
from operations.review.formats import Format

if TYPE_CHECKING:
    from environments.model.estate import Estate

_INTERRUPTED = 130  # what typer makes of Ctrl-C: 128 and the signal's number

app = typer.Typer(
    name="hybrid",
    help="Hybrid Kubernetes as code: check environment files, synthesize them to Terraform, review changes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(adopt, name="adopt")

Environments = Annotated[
    list[str] | None, typer.Argument(metavar="[ENV]...", help="Environments; all when none is named.")
]
Folder = Annotated[Path, typer.Option("--folder", help="Folder of the environment files.")]


class Output(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command()
def check(
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    output: Annotated[
        Output,
        typer.Option(
            help="text for people, json for machines; markdown for documents, with --who or --who-can."
        ),
    ] = Output.TEXT,
    who: Annotated[
        str | None,
        typer.Option(metavar="TEAM", help="What a team, group or person may do, where, and through what."),
    ] = None,
    who_can: Annotated[
        str | None,
        typer.Option(
            metavar="CLUSTER", help="Who may do what in a user cluster; ENV/CLUSTER if several match."
        ),
    ] = None,
    prerequisites: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--prerequisites", help="What has to be done by hand, with the commands.")
    ] = False,
    live: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--live", help="Whether admin clusters run the declared versions; asks gcloud.")
    ] = False,
) -> None:
    """Check the environment files and show what they describe; writes nothing."""
    from environments.estate_loader import load_estate
    from operations.check.report import print_prerequisites, print_report, problems_json, report_json

    asked = [option for option in (who, who_can, prerequisites or None, live or None) if option is not None]
    if len(asked) > 1:
        raise typer.BadParameter("--who, --who-can, --prerequisites and --live exclude each other")
    if output is Output.MARKDOWN and not (who or who_can):
        raise typer.BadParameter("--output markdown goes with --who and --who-can only")
    try:
        estate = load_estate(folder, names)
        chosen = [name for name in estate.environments if not names or name in names]
        if who is not None or who_can is not None:
            _check_access(estate, chosen, who, who_can, output)
            return
    except InvalidInput as error:
        if output is not Output.JSON:
            raise
        print(problems_json(error.problems))
        raise typer.Exit(2) from None
    if live:
        _check_live(estate, chosen, output)
    elif prerequisites:
        print_prerequisites(estate, chosen)
    elif output is Output.JSON:
        print(report_json(estate, chosen))
    else:
        print_report(estate, chosen)


def _check_access(
    estate: Estate, names: Sequence[str], who: str | None, who_can: str | None, output: Output
) -> None:
    from operations.check.access import what_may
    from operations.check.access import who_can as everybody_in
    from operations.check.access_report import print_rows, rows_json, rows_markdown

    if who is not None:
        title, rows = f"What {who} may do", what_may(estate, who, names)
    else:
        title, rows = f"Who can do what in {who_can}", everybody_in(estate, who_can or "")
    if output is Output.TEXT:
        print_rows(title, rows)
    else:
        print(rows_json(title, rows) if output is Output.JSON else rows_markdown(title, rows))


def _check_live(estate: Estate, names: Sequence[str], output: Output) -> None:
    from operations.check.live import compare
    from operations.check.live_report import comparisons_json, exit_code, print_comparisons

    with progress("asking gcloud for admin clusters"):
        comparisons = list(compare(estate, names))
    if output is Output.JSON:
        print(comparisons_json(comparisons))
    else:
        print_comparisons(comparisons)
    raise typer.Exit(exit_code(comparisons))


@app.command()
def synth(
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    outdir: Annotated[
        Path, typer.Option("--output", envvar="CDKTF_OUTDIR", help="Folder to write the stacks to.")
    ] = Path("cdktf.out"),
) -> None:
    """Synthesize environments to Terraform stacks."""
    from operations.synth.summary import print_summary
    from operations.synth.synth import synth as run

    with progress(f"synthesizing {', '.join(names) if names else 'all environments'}"):
        estate, reports = run(folder, names or [], outdir)
    print_summary(estate, reports)


@app.command("lock-providers")
def lock_providers(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Record the providers' exact versions and checksums in environments/locks/, for every platform."""
    from operations.lock_providers.lock_providers import lock_providers as run

    for path in run(folder, names or [], _terraform()):
        say(f"{path} written; commit it")


@app.command()
def settle(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    folder: Folder = ENVIRONMENTS,
    state: Annotated[
        Path | None, typer.Option(help="File with `terraform state pull`'s output, - for standard input.")
    ] = None,
) -> None:
    """Take out import, moved and removed entries that the environment's state has taken."""
    from operations.settle.settle import settle as run

    text = None if state is None else _read_state(state)
    stack = Path("cdktf.out") / "stacks" / environment
    for entry in run(folder, environment, text, stack, _terraform()):
        say(f"{environment}: {entry.block}[{entry.position}] is spent and was taken out")
    say(f"{environment}: every other entry still has work to do, and stays")


@app.command()
def review(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN|ENV...",
            help="Plans of terraform show -json, as FILE or NAME=FILE; or environments, which are planned.",
        ),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How the review is written.")] = Format.TERMINAL,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="File to write it to.")
    ] = None,
    fail_on: Annotated[
        Level, typer.Option("--fail-on", help="Lowest level that needs an acknowledgement.")
    ] = Level.HIGH,
    acknowledgements: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Acknowledgements; environments/review/acknowledgements.yaml."),
    ] = None,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date that expiries are judged by; today's.")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="cdktf.out of the base branch: says where protection is lost."),
    ] = None,
    outdir: Annotated[
        Path, typer.Option("--stacks", envvar="CDKTF_OUTDIR", help="Folder of the synthesized stacks.")
    ] = Path("cdktf.out"),
    folder: Folder = ENVIRONMENTS,
    risks: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another risk data file than this project's.")
    ] = None,
    not_planned: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=REASON", help="A stack that could not be planned; is said in the review."),
    ] = None,
) -> None:
    """Say what plans do to the estate, ranked by risk; ends with 3 when something is open."""
    from operations.review.command import Options, today_or, write
    from operations.review.command import review as run
    from operations.review.gate import STOPPED

    options = Options(
        sources,
        outdir,
        base,
        folder,
        acknowledgements,
        risks,
        fail_on,
        today_or(today),
        not_planned or (),
        _terraform(),
    )
    result, gate = run(options)
    write(result, gate, format_, output)
    if not gate.passes:
        raise typer.Exit(STOPPED)


def _terraform() -> str:
    """Terraform's or OpenTofu's command; cdktf obeys the same variable."""
    return os.environ.get("TERRAFORM_BINARY_NAME", "terraform")


def _read_state(path: Path) -> str:
    return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    Under ``cdktf``, which swallows what its app prints, everything goes into a report file instead.
    """
    report = os.environ.get(REPORT)
    if report is None:
        return _run(arguments)
    with Report(Path(report)) as written:
        written.exit_code = _run(arguments)
    return written.exit_code


def _run(arguments: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        # Without standalone_mode, an exit comes back as its code.
        code = app(args=words or ["--help"], prog_name="hybrid", standalone_mode=False)
    except InvalidInput as error:
        print_problems(error.problems)
        return 2
    except OSError as error:
        return _refuse(f"{error.filename or 'the system'}: {error.strerror or error}", 1)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise  # not about the command line: a mistake of this program
        return _refuse(f"hybrid: {error.format_message().rstrip('.')}; see hybrid --help", 2)
    if code == _INTERRUPTED:
        return _refuse("interrupted; nothing is left half-written", _INTERRUPTED)
    return code if isinstance(code, int) else 0


def _refuse(text: str, code: int) -> int:
    say(text, style="bold red", stream=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
