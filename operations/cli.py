"""The ``hybrid`` command: its verbs, their options, their exit codes.

Exit codes: 0 done; 1 the machine refused (no Node, no disk, no permission) or could not be asked; 2 the input
or the command line is wrong, and nothing was written; 3 something takes its turn too early.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from environments.problems import InvalidInput
from operations.adopt.command import app as adopt
from operations.console import print_problems, progress, say
from operations.leave import leave
from operations.project import ENVIRONMENTS
from operations.promotion.command import promotion
from operations.rename.command import rename
from operations.report_file import REPORT, Report
from operations.upgrade.command import upgrade

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
app.command()(promotion)
app.command()(rename)
app.command()(upgrade)

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
def check(  # noqa: PLR0913, PLR0917 - an option for each question
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    output: Annotated[
        Output,
        typer.Option(
            help="text for people, json for machines; markdown for documents, as the answer to a question."
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
    vsphere_permissions: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--vsphere-permissions", help="What the clusters' vCenter account needs, and who sets it."
        ),
    ] = False,
) -> None:
    """Check the environment files and show what they describe; writes nothing."""
    from environments.estate_loader import load_estate
    from operations.check.report import print_prerequisites, print_report, problems_json, report_json

    questions = (who, who_can, prerequisites or None, live or None, vsphere_permissions or None)
    if sum(question is not None for question in questions) > 1:
        raise typer.BadParameter(
            "--who, --who-can, --prerequisites, --live and --vsphere-permissions exclude each other"
        )
    if output is Output.MARKDOWN and not (who or who_can or vsphere_permissions):
        raise typer.BadParameter(
            "--output markdown goes with --who, --who-can and --vsphere-permissions only"
        )
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
    elif vsphere_permissions:
        _check_vsphere_permissions(estate, chosen, output)
    elif prerequisites:
        print_prerequisites(estate, chosen)
    elif output is Output.JSON:
        print(report_json(estate, chosen))
    else:
        print_report(estate, chosen)


def _check_vsphere_permissions(estate: Estate, names: Sequence[str], output: Output) -> None:
    from operations.check.vsphere_permissions import (
        permissions_json,
        permissions_markdown,
        print_permissions,
    )

    if output is Output.TEXT:
        print_permissions(estate, names)
    else:
        print((permissions_json if output is Output.JSON else permissions_markdown)(estate, names))


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


@app.command("reach")
def reach_command(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Test whether this machine reaches what a plan needs, such as vCenter, within seconds."""
    from environments.estate_loader import load_estate
    from environments.model.stack_plan import stack_plans
    from operations.reach.reach import reach
    from operations.reach.report import print_reached

    estate = load_estate(folder, names)
    chosen = [name for name in estate.environments if not names or name in names]
    stacks = [plan.name for plan in stack_plans(estate).values() if plan.environment in chosen]
    if not print_reached(estate, chosen, reach(estate, stacks)):
        raise typer.Exit(1)


@app.command()
def synth(
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    outdir: Annotated[
        Path, typer.Option("--output", envvar="CDKTF_OUTDIR", help="Folder to write the stacks to.")
    ] = Path("cdktf.out"),
) -> None:
    """Synthesize environments to Terraform stacks."""
    with progress(f"synthesizing {', '.join(names) if names else 'all environments'}"):
        # Node starts, and loads cdktf, while Python loads the model and checks the files.
        from main import prepare

        prepare()
        from operations.synth.synth import synth as run

        estate, reports = run(folder, names or [], outdir)
    from operations.synth.summary import print_summary

    print_summary(estate, reports)


@app.command()
def policy(
    folder: Folder = ENVIRONMENTS,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="The day to ask for; today in UTC when absent."
        ),
    ] = None,
) -> None:
    """Refuse what may not stay, such as rights of people that are past their day; asks a clock, unlike check."""
    from environments.estate_loader import load_estate
    from operations.policy.expiries import past_expiries

    day = (today or datetime.now(UTC)).date()
    estate = load_estate(folder, [])
    problems = list(past_expiries(estate, folder, day))
    if problems:
        raise InvalidInput(problems)
    say(
        f"no break-glass entry of {len(estate.organization.break_glass)} is past its day on {day.isoformat()}"
    )


@app.command("lock-providers")
def lock_providers(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Record the providers' exact versions and checksums in environments/locks/, for every platform."""
    from operations.lock_providers.lock_providers import lock_providers as run

    for path in run(folder, names or [], _terraform()):
        say(f"{path} written; commit it")


@app.command()
def settle(
    environment: Annotated[
        str, typer.Argument(metavar="STACK", help="The environment, or its companion ENV-vsphere.")
    ],
    folder: Folder = ENVIRONMENTS,
    state: Annotated[
        Path | None, typer.Option(help="File with `terraform state pull`'s output, - for standard input.")
    ] = None,
) -> None:
    """Take out import, moved and removed entries that the stack's state has taken."""
    from operations.settle.settle import settle as run

    text = None if state is None else _read_state(state)
    stack = Path("cdktf.out") / "stacks" / environment
    for entry in run(folder, environment, text, stack, _terraform()):
        say(f"{environment}: {entry.block}[{entry.position}] is spent and was taken out")
    say(f"{environment}: every other entry still has work to do, and stays")


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


def command(arguments: Sequence[str] | None = None) -> NoReturn:
    """Be the ``hybrid`` command: run one command line and end the process."""
    # Looking for cycles in what lives until the end is a tenth of a synthesis' work.
    gc.disable()
    leave(main(arguments))


if __name__ == "__main__":
    command()
