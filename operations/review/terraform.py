"""Runs Terraform for a stack and gives its plan; the stored plan holds secrets and does not outlive the run."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.review.text import cut

_ERROR = re.compile(r"^[│╷╵|\s]*Error: (.*)$", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SECRET_NAMES = re.compile(r"TF_VAR_|TOKEN|SECRET|PASSWORD|CREDENTIALS|KEY")
_QUOTED = re.compile(r"""(["'`]).*?\1""")
_SHORTEST = 4
_LONGEST = 500


@contextmanager
def planned(environment: str, stack: Path, binary: str) -> Iterator[Path]:
    """Plan a stack, and give the file with the plan's JSON, which is gone afterwards.

    Args:
        environment: what to call the stack in an error.
        stack: its folder.
        binary: the Terraform or OpenTofu command.

    Raises:
        InvalidInput: Terraform cannot plan; what is said carries no secret.
    """
    # Only this user may look into the folder.
    with tempfile.TemporaryDirectory(prefix="hybrid-review-") as folder:
        stored, text = Path(folder) / "plan", Path(folder) / "plan.json"
        run = _Run(environment, stack, binary)
        run("init", "-input=false", "-no-color")
        # A review changes no state, so it has no need of a lock, which a read-only identity could not take.
        run("plan", "-input=false", "-no-color", "-lock=false", f"-out={stored}")
        run("show", "-json", "-no-color", str(stored), output=text)
        stored.unlink()
        yield text


class _Run:
    def __init__(self, environment: str, stack: Path, binary: str) -> None:
        self._environment = environment
        self._stack = stack
        self._binary = binary

    def __call__(self, *arguments: str, output: Path | None = None) -> None:
        command = [self._binary, f"-chdir={self._stack}", *arguments]
        try:
            if output is None:
                ended = subprocess.run(  # noqa: S603 - the user's own Terraform, no shell
                    command, capture_output=True, text=True, check=False
                )
            else:
                with output.open("w") as stream:
                    ended = subprocess.run(  # noqa: S603 - the user's own Terraform, no shell
                        command, stdout=stream, stderr=subprocess.PIPE, text=True, check=False
                    )
        except OSError as error:
            raise self._refuse(arguments, f"cannot be run: {error.strerror}") from None
        if ended.returncode:
            raise self._refuse(arguments, _summary(ended.stderr))

    def _refuse(self, arguments: Sequence[str], reason: str) -> InvalidInput:
        again = f"run {self._binary} -chdir={self._stack} {arguments[0]} to see all of it"
        message = f"{self._binary} {arguments[0]}: {reason}; {again}"
        return InvalidInput([Problem(self._environment, 0, 0, "", message)])


def _summary(said: str) -> str:
    """The titles of Terraform's errors, without what they quote: providers put anything there."""
    titles = dict.fromkeys(_bare(title) for title in _ERROR.findall(_COLOUR.sub("", said)))
    text = "; ".join(titles) or "failed without saying why"
    for name, value in os.environ.items():
        if _SECRET_NAMES.search(name.upper()) and len(value) >= _SHORTEST:
            text = text.replace(value, "(sensitive)")
    return cut(text, _LONGEST)


def _bare(title: str) -> str:
    """A title up to its first colon and without quotes: what follows is the provider's, and may hold a secret."""
    return _QUOTED.sub("...", title).partition(":")[0].strip()
