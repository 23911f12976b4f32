"""Terraform as cdktf runs it: what a state names is looked at before it is run.

cdktf asks Terraform itself, between whose ``init`` and ``plan`` nobody looks. So it is given a command of ours in the place
of Terraform's, which looks and then becomes Terraform. Left out: vCenter's hosts, which only a server names.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

from estate.reading.problems import InvalidInput
from operations.exit_codes import FAILED, REFUSED
from operations.project import ROOT
from operations.terraform.binary import VARIABLE, terraform_binary
from operations.terraform.state_providers import refuse_strangers

_REAL: Final = "HYBRID_TERRAFORM"
_RUNS_NO_PROVIDER: Final = frozenset({"fmt", "get", "init", "login", "logout", "version", "workspace"})
"""Verbs that end before Terraform starts a provider: ``init`` lays what the next one would run."""


def guarding(folder: Path) -> dict[str, str]:
    """Environment variables by which cdktf runs the guarded command, which is written into a folder.

    Args:
        folder: this user's alone, there for as long as cdktf runs.
    """
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from operations.terraform.guarded import main; main()"
    script = folder / "terraform"
    script.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, "-P", "-c", program])} "$@"\n', "utf-8")
    script.chmod(0o700)
    return {_REAL: terraform_binary(), VARIABLE: str(script)}


def main() -> None:
    """Become Terraform, with this command line's words, where it stands; or end with 2 and say what is in the way."""
    words = sys.argv[1:]
    binary = os.environ.pop(_REAL)
    os.environ[VARIABLE] = binary
    verb = next((word for word in words if not word.startswith("-")), "version")
    try:
        if verb not in _RUNS_NO_PROVIDER:
            refuse_strangers(Path.cwd())
        os.execvp(binary, [binary, *words])  # noqa: S606 - the person's own command, without a shell
    except (InvalidInput, OSError) as error:
        # Not before it is needed: Terraform is run five times for an apply.
        from operations.console import print_problems, say

        if isinstance(error, InvalidInput):
            print_problems(error.problems)
            sys.exit(REFUSED)
        say(f"{binary}: {error.strerror}", stream=sys.stderr)
        sys.exit(FAILED)
