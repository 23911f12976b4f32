"""The ``cdktf`` command: the pinned CDK for Terraform command line, run by the pinned Node.

What ``main.py`` says while cdktf synthesizes does not reach the person by itself: cdktf keeps it to
itself when all goes well and wraps it in its own words when not. So it comes over in a file and is
printed here, and its exit code becomes this command's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations.console import print_problems
from operations.project import ENVIRONMENTS, VARIABLE, find_folder, root_of, within
from operations.report_file import REPORT, TERMINAL, read_report
from operations.toolchain import cdktf_cli, node_folder

_LOGGING_IN = frozenset({"deploy", "apply", "diff", "plan", "destroy"})
_SYNTHESIZING = _LOGGING_IN | {"synth", "synthesize"}


def main() -> int:
    """Run cdktf with this command line's arguments in the root of the estate, and return its exit code."""
    try:
        return _run(sys.argv[1:])
    except InvalidInput as error:
        print_problems(error.problems)
        return 2
    except FileNotFoundError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1


def _run(words: Sequence[str]) -> int:
    named, arguments = _folder_of(words)
    folder = Path(named) if named else find_folder(Path.cwd()) or ENVIRONMENTS
    root = root_of(folder)
    if root != Path.cwd():
        print(f"cdktf: the estate in {root / within(root, folder)}", file=sys.stderr)
    cli = cdktf_cli()
    if _LOGGING_IN & set(arguments) and _out_of_reach(folder, arguments):
        return 1
    with tempfile.TemporaryDirectory(prefix="hybrid-") as temporary:
        report = Path(temporary) / "report.json"
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
        if sys.stdout.isatty():
            environment |= {TERMINAL: "1", "COLUMNS": str(shutil.get_terminal_size().columns)}
        else:
            # Without it, cdktf draws its spinner into the pipe.
            environment["CI"] = "true"
        code = subprocess.run(  # noqa: S603 - the pinned command line, no shell
            [str(node_folder() / "node"), str(cli), *arguments], cwd=root, env=environment, check=False
        ).returncode
        return _report(report, code) if _SYNTHESIZING & set(arguments) else code


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


def _out_of_reach(folder: Path, arguments: Sequence[str]) -> bool:
    """Whether a stack that is asked for cannot be planned here; cdktf would find out after minutes."""
    from estate.derived.stack_plan import stack_plans
    from estate.reading.estate_loader import load_estate
    from operations.reach.report import refuse_unreachable

    try:
        estate = load_estate(folder)
    except InvalidInput:
        return False  # synthesis says what is wrong
    return refuse_unreachable(
        estate, {name for name in stack_plans(estate) if any(fnmatchcase(name, one) for one in arguments)}
    )


def _report(path: Path, code: int) -> int:
    found = read_report(path)
    if found is None:
        return code
    app_code, text = found
    (sys.stderr if app_code else sys.stdout).write(text)
    return app_code or code


if __name__ == "__main__":
    sys.exit(main())
