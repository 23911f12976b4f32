"""The ``cdktf`` command: the pinned CDK for Terraform command line, run by the pinned Node.

What ``main.py`` says while cdktf synthesizes does not reach the person by itself: cdktf keeps it to
itself when all goes well and wraps it in its own words when not. So it comes over in a file and is
printed here, and its exit code becomes this command's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations import children, interruption
from operations.console import print_problems, say
from operations.exit_codes import FAILED, REFUSED
from operations.files.temporary import temporary_folder
from operations.leftovers import clear_leftovers
from operations.project import ENVIRONMENTS, OUTDIR, VARIABLE, find_folder, root_of, within
from operations.relay import Relay
from operations.report_file import FOLLOWED, REPORT, TERMINAL, read_report
from operations.states.owned import FOLDER, keep_owned
from operations.terraform.committed import refuse_committed
from operations.terraform.guarded import guarding
from operations.toolchain import cdktf_cli, node_folder, use_usable_temporary_folder

_DEPLOYING = frozenset({"deploy", "apply"})
_LOGGING_IN = _DEPLOYING | {"diff", "plan", "destroy"}
_ASKING = frozenset({"--help", "-h", "--version"})
_SYNTHESIZING = _LOGGING_IN | {"synth", "synthesize"}
_PATIENCE_SECONDS = 3600.0  # an apply may be under way
_ERASE_LINE = "\r\x1b[2K"


def main() -> int:
    """Run cdktf with this command line's arguments in the root of the estate, and return its exit code."""
    try:
        return _run(sys.argv[1:])
    except InvalidInput as error:
        print_problems(error.problems)
        return REFUSED
    except FileNotFoundError as error:
        say(f"{error.filename}: {error.strerror}", stream=sys.stderr)
        return FAILED


def _run(words: Sequence[str]) -> int:
    named, arguments = _folder_of(words)
    folder = Path(named) if named else find_folder(Path.cwd()) or ENVIRONMENTS
    root = root_of(folder)
    if root != Path.cwd():
        say(f"cdktf: the estate in {root / within(root, folder)}", stream=sys.stderr)
    cli = cdktf_cli()
    if _LOGGING_IN & set(arguments):
        refuse_committed(root / OUTDIR)
        if _is_refused(folder, arguments):
            return REFUSED
    use_usable_temporary_folder()
    clear_leftovers(folder)
    with temporary_folder() as temporary, _owned(root / FOLDER):
        report = temporary / "report.json"
        environment = {
            **os.environ,
            "PATH": os.pathsep.join(
                [str(Path(sys.executable).parent), str(node_folder()), os.environ.get("PATH", "")]
            ),
            # The product is archived: there is no newer version to be told of.
            "CHECKPOINT_DISABLE": "1",
            REPORT: str(report),
            VARIABLE: str(within(root, folder)),
        }
        if sys.stdout.isatty() and sys.stderr.isatty():
            environment |= {TERMINAL: "1", "COLUMNS": str(shutil.get_terminal_size().columns)}
        if not sys.stdout.isatty():
            # Without it, cdktf draws its spinner into the pipe.
            environment["CI"] = "true"
        if _LOGGING_IN & set(arguments):
            environment |= {FOLLOWED: "1", **guarding(temporary)}
        code = _ended([str(node_folder() / "node"), str(cli), *arguments], root, environment)
        return _report(report, code) if _SYNTHESIZING & set(arguments) else code


@contextmanager
def _owned(state: Path) -> Iterator[None]:
    """Keep others from the state, also when Terraform has just made it."""
    keep_owned(state)
    try:
        yield
    finally:
        keep_owned(state)


def _folder_of(words: Sequence[str]) -> tuple[str, list[str]]:
    """The folder that is named, "" when none is, and the words that are cdktf's own."""
    named, own = os.environ.get(VARIABLE, ""), list[str]()
    left = iter(words)
    for word in left:
        option, equals, value = word.partition("=")
        if option == "--folder":
            named = value if equals else next(left, "")
        else:
            own.append(word)
    return named, own


def _ended(command: Sequence[str], root: Path, environment: Mapping[str, str]) -> int:
    """Run a command to its end, and return its exit code; also when this one is interrupted meanwhile.

    Raises:
        OSError: standard output or error could not be written.
        KeyboardInterrupt: this command was interrupted; the other has ended.
    """
    targets = (sys.stdout, sys.stderr)
    on_terminal = _is_in_foreground()
    relays: list[Relay] = []
    try:
        with interruption.held_back():
            process = subprocess.Popen(  # noqa: S603 - the pinned command line, no shell
                command,
                cwd=root,
                env=environment,
                # cdktf does not end its app: what comes to this command alone has to reach the group of both. On a
                # terminal they stay in this one's, which alone may read from it.
                process_group=None if on_terminal else 0,
                stdout=None if sys.stdout.isatty() else subprocess.PIPE,
                stderr=None if sys.stderr.isatty() else subprocess.PIPE,
            )
            sources = (process.stdout, process.stderr)
            relays += [Relay(one, to) for one, to in zip(sources, targets, strict=True) if one]
        code = process.wait()
    except KeyboardInterrupt:
        if not on_terminal:
            children.end(process, _PATIENCE_SECONDS)
        elif not interruption.is_ctrl_c():
            # In this one's group it comes to this command a second time, which is passed over.
            os.killpg(os.getpgrp(), signal.SIGINT)
        process.wait()
        if sys.stderr.isatty():
            sys.stderr.write(_ERASE_LINE)  # of the spinner
        raise
    finally:
        for relay in relays:
            relay.join()
    for relay in relays:
        if relay.failed:
            raise relay.failed
    return code


def _is_in_foreground() -> bool:
    """Whether Ctrl-C on the terminal comes to all of this group, so that nobody needs to be told."""
    try:
        with Path("/dev/tty").open() as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def _is_refused(folder: Path, arguments: Sequence[str]) -> bool:
    """Whether a stack that is asked for must not be deployed, or cannot be planned here, which takes cdktf minutes."""
    from estate.derived.stack_plan import stack_plans
    from estate.reading.estate_loader import load_estate
    from operations.placeholders import is_emulated, refusals
    from operations.reach.report import refuse_unreachable

    try:
        estate = load_estate(folder)
    except InvalidInput:
        return False  # synthesis says what is wrong
    plans = stack_plans(estate)
    asked = {name for name in plans if any(fnmatchcase(name, one) for one in arguments)}
    # A single stack need not be named; of what is named and is none, cdktf knows better than this.
    deployed = asked or ({*plans} if len(plans) == 1 else set())
    if _DEPLOYING & set(arguments) and not _ASKING & set(arguments) and not is_emulated():
        problems = refusals(estate, deployed)
        if problems:
            raise InvalidInput(problems)
    return refuse_unreachable(estate, asked)


def _report(path: Path, code: int) -> int:
    found = read_report(path)
    if found is None:
        return code
    app_code, text = found
    if app_code or not code:
        (sys.stderr if app_code else sys.stdout).write(text)
    return app_code or code
