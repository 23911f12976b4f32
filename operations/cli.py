"""The ``hybrid`` command: its verbs, their options, their exit codes.

Exit codes: 0 done; 1 the machine refused (no Node, no disk, no permission) or could not be asked; 2 the input
or the command line is wrong, and nothing was written; 3 what was asked for found something that may not pass.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from estate.reading.problems import InvalidInput
from operations.adopt.command import app as adopt
from operations.check.command import check
from operations.console import print_problems, progress, say
from operations.gate.command import gate
from operations.graph.command import graph
from operations.leave import leave
from operations.options import Environments, Folder
from operations.pipeline.registration import register
from operations.policy.command import policy
from operations.project import ENVIRONMENTS
from operations.promotion.command import promotion
from operations.rename.command import rename
from operations.report_file import REPORT, Report
from operations.review.command import review
from operations.rules.command import rules
from operations.update.command import update
from operations.upgrade.command import upgrade

_INTERRUPTED = 130  # what typer makes of Ctrl-C: 128 and the signal's number

app = typer.Typer(
    name="hybrid",
    help="Hybrid Kubernetes as code: check environment files, synthesize them to Terraform, review changes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(check)
app.command()(gate)
app.command()(graph)
app.command()(policy)
app.add_typer(adopt, name="adopt")
app.command()(promotion)
app.command()(rename)
app.command()(review)
app.command()(update)
app.command()(rules)
app.command()(upgrade)
register(app)


@app.command("reach")
def reach_command(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Test whether this machine reaches what a plan needs, such as vCenter, within seconds."""
    from estate.derived.stack_plan import stack_plans
    from estate.reading.estate_loader import load_estate
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


@app.command("lock-providers")
def lock_providers(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Record the providers' exact versions and checksums in environments/locks/, for every platform."""
    from operations.lock_providers.lock_providers import lock_providers as run

    for path in run(folder, names or [], _terraform()):
        say(f"{path} written; commit it")


@app.command()
def settle(
    environment: Annotated[
        str,
        typer.Argument(metavar="STACK", help="The environment, or its companion ENV-vsphere or ENV-attach."),
    ],
    folder: Folder = ENVIRONMENTS,
    state: Annotated[
        Path | None, typer.Option(help="File with `terraform state pull`'s output, - for standard input.")
    ] = None,
) -> None:
    """Take out import, moved and removed entries that the stack's state has taken."""
    from operations.settle.settle import entries_left
    from operations.settle.settle import settle as run

    text = None if state is None else _read_state(state)
    stack = Path("cdktf.out") / "stacks" / environment
    for entry in run(folder, environment, text, stack, _terraform()):
        say(f"{environment}: {entry.block}[{entry.position}] is spent and was taken out")
    left = entries_left(folder, environment)
    told = {0: "no entry is left", 1: "1 entry still has work to do, and stays"}
    say(f"{environment}: {told.get(left, f'{left} entries still have work to do, and stay')}")


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
