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

from operations.project import ENVIRONMENTS, ROOT
from operations.report_file import REPORT, TERMINAL, read_report
from operations.toolchain import node_folder

_LOGGING_IN = frozenset({"deploy", "apply", "diff", "plan", "destroy"})
_SYNTHESIZING = _LOGGING_IN | {"synth", "synthesize"}


def main() -> int:
    """Run cdktf with this command line's arguments and return its exit code."""
    cli = ROOT / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf.js"
    if not cli.is_file():
        print("cdktf: cdktf-cli is not installed; run make synth once", file=sys.stderr)
        return 1
    arguments = sys.argv[1:]
    if _LOGGING_IN & set(arguments) and _out_of_reach(arguments):
        return 1
    with tempfile.TemporaryDirectory(prefix="hybrid-") as folder:
        report = Path(folder) / "report.json"
        environment = {
            **os.environ,
            "PATH": os.pathsep.join(
                [str(Path(sys.executable).parent), str(node_folder()), os.environ.get("PATH", "")]
            ),
            # The product is archived: there is no newer version to be told of.
            "CHECKPOINT_DISABLE": "1",
            REPORT: str(report),
        }
        if sys.stdout.isatty():
            environment |= {TERMINAL: "1", "COLUMNS": str(shutil.get_terminal_size().columns)}
        else:
            # Without it, cdktf draws its spinner into the pipe.
            environment["CI"] = "true"
        code = subprocess.run(  # noqa: S603 - the pinned command line, no shell
            [str(node_folder() / "node"), str(cli), *arguments], env=environment, check=False
        ).returncode
        return _report(report, code) if _SYNTHESIZING & set(arguments) else code


def _out_of_reach(arguments: Sequence[str]) -> bool:
    """Whether a stack that is asked for cannot be planned here; cdktf would find out after minutes."""
    from estate.derived.stack_plan import stack_plans
    from estate.reading.estate_loader import load_estate
    from estate.reading.problems import InvalidInput
    from operations.reach.report import refuse_unreachable

    try:
        estate = load_estate(ENVIRONMENTS)
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
