"""A checkov that has imported itself already, under the name by which the product finds one.

checkov takes five seconds to import itself, each time that it is asked, and next to none to answer. Left out: whether
it starts, which `tests/hybrid_kubernetes/test_wheel.py` and `tests/operations/policy/checkov/test_scan.py` see.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

from operations.project import ROOT
from tests.warm.place import owner, place

NAMED: Final = "HYBRID_CHECKOV_PYTHON"
COLD: Final = "COLD_CHECKOV_PYTHON"
"""Names the interpreter itself, for tests that see it start."""

_CLIENT: Final = Path(__file__).with_name("client.py")
_PROGRAM: Final = """
import sys
from checkov.main import Checkov
del sys.argv[1:3]
# What it takes otherwise is from when it was imported.
sys.exit(Checkov(sys.argv[1:]).run())
"""


def install() -> None:
    """Have the product find it, in this process and in all that it starts; nothing where set-up has made none."""
    python = os.environ.get(NAMED) or str(ROOT / ".venv-checkov" / "bin" / "python")
    if COLD in os.environ or not Path(python).is_file():
        return
    words = [sys.executable, "-IS", str(_CLIENT), place("checkov"), str(owner())]
    command = Path(place("python"))
    # By a shell, because a first line that names an interpreter takes no path with a space.
    command.write_text(
        f'#!/bin/sh\nexec {shlex.join([*words, python, "checkov.main", _PROGRAM])} "$@"\n', "utf-8"
    )
    command.chmod(0o755)
    os.environ |= {NAMED: str(command), COLD: python}
