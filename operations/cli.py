"""The ``hybrid`` command: its verbs, their options, their exit codes.

Exit codes: 0 well; 1, 2 and 3 as ``operations.exit_codes`` has them; 130, 143 or 129 it was interrupted; 141 nobody
reads what it prints. ``operations.entry`` starts it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.main import get_command

from estate.reading.problems import InvalidInput
from operations import interruption
from operations.adopt.command import app as adopt
from operations.bootstrap.command import bootstrap
from operations.check import questions
from operations.check.command import check
from operations.console import print_problems, say
from operations.exit_codes import FAILED, REFUSED
from operations.gate.command import gate
from operations.github.command import app as github
from operations.graph.command import graph
from operations.help import Commands
from operations.init.command import init, renew
from operations.leave import CLOSED
from operations.located import Verbs
from operations.lock_providers.command import lock_providers
from operations.manifests.command import manifests
from operations.node_failure import node_failure
from operations.pipeline.command import apply, plan, stacks
from operations.pipeline.drift_command import drift
from operations.pipeline.keys_command import plan_key, plan_keys
from operations.policy.command import policy
from operations.promotion.command import promotion
from operations.reach.command import reach
from operations.recover.command import recover
from operations.rename.command import rename
from operations.report_file import REPORT, Report
from operations.review.command import review
from operations.review.plans_command import review_plans
from operations.rules.command import rules
from operations.salvage.command import salvage
from operations.settle.command import settle
from operations.synth.command import synth
from operations.update.command import update
from operations.upgrade.command import upgrade

_INTERRUPTED = 130  # what typer makes of Ctrl-C: 128 and the signal's number

app = Verbs(
    name="hybrid",
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it
    if asked:
        say(f"hybrid {version('hybrid-kubernetes-as-code')}")
        raise typer.Exit


@app.callback()
def hybrid(
    _version: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version.")
    ] = False,
) -> None:
    """Hybrid Kubernetes as code: check environment files, synthesize them to Terraform, review changes."""


_PURPOSES: Final[Mapping[str, Mapping[str, Callable[..., Any]]]] = {
    "Begin": {"init": init, "bootstrap": bootstrap, "renew": renew, "update": update},
    "Look": {
        "check": check,
        "addresses": questions.addresses,
        "failures": questions.failures,
        "firewall": questions.firewall,
        "permissions": questions.permissions,
        "prerequisites": questions.prerequisites,
        "who": questions.who,
        "who-can": questions.who_can,
        "graph": graph,
        "reach": reach,
        "rules": rules,
    },
    "Make": {"synth": synth, "manifests": manifests, "lock-providers": lock_providers},
    "Judge": {"gate": gate, "policy": policy, "promotion": promotion, "review": review},
    "Change what runs": {
        "recover": recover,
        "rename": rename,
        "salvage": salvage,
        "settle": settle,
        "upgrade": upgrade,
    },
    "In a pipeline": {
        "stacks": stacks,
        "plan-keys": plan_keys,
        "plan": plan,
        "review-plans": review_plans,
        "apply": apply,
        "drift": drift,
    },
}
"""Every verb, by what it is for."""

app.add_typer(adopt, name="adopt", rich_help_panel="Move in")
for _purpose, _verbs in _PURPOSES.items():
    for _name, _verb in _verbs.items():
        app.command(_name, rich_help_panel=_purpose)(_verb)
app.add_typer(github, name="github", rich_help_panel="In a pipeline")
app.command("plan-key", hidden=True)(plan_key)

_VERBS: Final = (
    *(one.name for one in app.registered_commands),
    *(one.name for one in app.registered_groups),
)
"""Every name, for a verb that asks about the others."""


@cache
def _command(verb: str) -> Callable[..., Any]:
    """The command, made once: typer makes it anew for every call, out of the verbs' signatures, which takes its time.

    Args:
        verb: the one verb that it has; where there is none of that name, it has all of them.
    """
    alone = copy(app)
    alone.registered_commands = [one for one in app.registered_commands if one.name == verb]
    alone.registered_groups = [one for one in app.registered_groups if one.name == verb]
    return get_command(alone if alone.registered_commands or alone.registered_groups else app)


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
        code = _command(words[0] if words else "")(
            args=words or ["--help"], prog_name="hybrid", standalone_mode=False, obj=_VERBS
        )
    except InvalidInput as error:
        print_problems(error.problems)
        return REFUSED
    except SystemExit as end:
        # What typer makes of a closed pipe; and of a shell that asks how a word goes on.
        return CLOSED if isinstance(end.__context__, BrokenPipeError) else int(end.code or 0)
    except Exception as error:
        if (refused := _refusal(error)) is None:
            raise  # a mistake of this program
        return _refuse(*refused)
    if code == _INTERRUPTED:
        return _refuse("interrupted; nothing is left half-written", interruption.exit_code())
    return code if isinstance(code, int) else 0


def _refusal(error: Exception) -> tuple[str, int] | None:
    """What to say of an error and the exit code, where the machine or the command line is to blame."""
    if isinstance(error, OSError):
        return f"{error.filename or 'the system'}: {error.strerror or error}", FAILED
    if hasattr(error, "format_message"):
        return f"hybrid: {error.format_message().rstrip('.')}; see hybrid --help", REFUSED
    failure = node_failure(error)
    return (failure, FAILED) if failure else None


def _refuse(text: str, code: int) -> int:
    say(text, style="bold red", stream=sys.stderr)
    return code
