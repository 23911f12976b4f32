"""Running Terraform: what it writes is for this user alone, and what it says is told without secrets."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput
from operations import children
from operations.terraform.binary import VARIABLE
from operations.terraform.committed import refuse_committed
from operations.texts.harmless import one_line

_OWN_ONLY = 0o077
_PATIENCE_SECONDS = 60.0
_PATIENCE_OF_AN_APPLY_SECONDS = 3600.0
_SHORTEST_SECRET = 4
_LONGEST = 4000
_SECRET_NAMES = ("TF_VAR_", "TOKEN", "SECRET", "PASSWORD", "CREDENTIALS", "KEY", "HYBRID_VARIABLES")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class TerraformFailed(Exception):  # noqa: N818 - reads as the sentence it is
    """Terraform ended with an error.

    Attributes:
        command: the first word of what it was asked, such as ``plan``.
        titles: the first line of each error; what a provider quotes there may hold anything.
        text: each error with its detail, secrets taken out.
    """

    def __init__(self, command: str, titles: tuple[str, ...], text: str) -> None:
        self.command = command
        self.titles = titles
        self.text = text
        super().__init__("; ".join(titles) or "failed without saying why")


@dataclass(frozen=True)
class Terraform:
    """Terraform in a stack's folder.

    Attributes:
        binary: the Terraform or OpenTofu command.
        stack: folder of the stack.
        variables: values of the stack's variables, by name.
        secrets: other values that are never told.
    """

    binary: str
    stack: Path
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def run(
        self, *arguments: str, ok: Collection[int] = (0,), output: Path | int = subprocess.DEVNULL
    ) -> int:
        """Run a command to its end, and return its exit code.

        Args:
            arguments: the command, without a folder.
            ok: exit codes that are no failure.
            output: file for what it prints, made for this user alone; dropped when absent.

        Raises:
            TerraformFailed: it ended otherwise.
            InvalidInput: there is no such command.
        """
        return self._ended(arguments, ok, output)[0]

    def text(self, *arguments: str) -> str:
        """What a command prints, which may be secret.

        Raises:
            TerraformFailed: it ended with an error.
            InvalidInput: there is no such command.
        """
        return self._ended(arguments, (0,), subprocess.PIPE)[1]

    def apply(self, plan: Path, tell: Callable[[str], None]) -> None:
        """Apply a stored plan, telling what happens to which address while it happens.

        An interruption is handed on to Terraform once, which then ends in order: it waits for what it has begun, an
        hour at most, because what it does not write into its state is lost to it.

        Raises:
            TerraformFailed: it was not applied, or not all of it.
            InvalidInput: there is no such command.
        """
        problems: list[tuple[str, str]] = []
        arguments = ("apply", "-input=false", "-json", str(plan))
        with self._started(
            arguments, subprocess.PIPE, subprocess.STDOUT, patience_seconds=_PATIENCE_OF_AN_APPLY_SECONDS
        ) as (process, _):
            for line in process.stdout or ():
                try:
                    problems += self._told(line, tell)
                except OSError:
                    # Nobody listens any more, or there is no room: no reason to stop Terraform half-way.
                    tell = _nobody
            process.wait()
        if process.returncode:
            titles = tuple(dict.fromkeys(title for title, _ in problems))
            raise self._failed("apply", titles, "\n".join(f"{title}: {detail}" for title, detail in problems))

    def version(self) -> str:
        """The version of the command.

        Raises:
            InvalidInput: there is no such command, or it is another.
        """
        printed = self._printed(("version", "-json"), subprocess.PIPE)[1]
        try:
            return str(json.loads(printed)["terraform_version"])
        except (ValueError, KeyError, TypeError):
            message = f"version -json tells no version; install Terraform, or name it in {VARIABLE}"
            raise InvalidInput.of_file(self.binary, message) from None

    def without_secrets(self, text: str) -> str:
        """The text, with every value taken out that this process holds as a secret."""
        named = (
            value for name, value in os.environ.items() if any(word in name.upper() for word in _SECRET_NAMES)
        )
        secrets = {
            value
            for value in (*named, *self.variables.values(), *self.secrets)
            if len(value) >= _SHORTEST_SECRET
        }
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "(sensitive)")
        return text

    def _ended(self, arguments: tuple[str, ...], ok: Collection[int], output: Path | int) -> tuple[int, str]:
        code, printed, said = self._printed(arguments, output)
        if code not in ok:
            said = _COLOUR.sub("", said)
            raise self._failed(arguments[0], _titles(said), said)
        return code, printed

    def _printed(self, arguments: tuple[str, ...], output: Path | int) -> tuple[int, str, str]:
        with self._started(arguments, output, patience_seconds=_PATIENCE_SECONDS) as (process, came):
            printed, said = process.communicate()
        if came:
            # It has ended in order, and let go of the state.
            signal.raise_signal(came[0])
        return process.returncode, printed, said

    def _told(self, line: str, tell: Callable[[str], None]) -> Iterator[tuple[str, str]]:
        try:
            event = json.loads(line)
            diagnostic = event.get("diagnostic", {})
        except (ValueError, AttributeError):
            # Before it has read its arguments, Terraform speaks plainly.
            yield from ((title, "") for title in _titles(line))
            return
        if diagnostic.get("severity") == "error":
            yield str(diagnostic.get("summary")), _detail(diagnostic)
        elif event.get("type") in {"apply_start", "apply_progress", "apply_complete", "change_summary"}:
            tell(one_line(self.without_secrets(str(event.get("@message")))))

    def _failed(self, command: str, titles: tuple[str, ...], text: str) -> TerraformFailed:
        safe = tuple(self.without_secrets(title) for title in titles)
        return TerraformFailed(command, safe, self.without_secrets(text)[-_LONGEST:])

    @contextmanager
    def _started(
        self,
        arguments: tuple[str, ...],
        output: Path | int,
        errors: int = subprocess.PIPE,
        *,
        patience_seconds: float,
    ) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
        environment = {
            **{name: value for name, value in os.environ.items() if not _is_ours(name)},
            **{f"TF_VAR_{name}": value for name, value in self.variables.items()},
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
        }
        refuse_committed(self.stack)
        with ExitStack() as running:
            opened = running.enter_context(_own_file(output)) if isinstance(output, Path) else output
            try:
                child = running.enter_context(
                    children.started(
                        [self.binary, f"-chdir={self.stack}", *arguments],
                        patience_seconds=patience_seconds,
                        stdin=subprocess.DEVNULL,
                        stdout=opened,
                        stderr=errors,
                        env=environment,
                        umask=_OWN_ONLY,
                        text=True,
                    )
                )
            except OSError as error:
                message = f"cannot be run ({error.strerror}); install Terraform, or name it in {VARIABLE}"
                raise InvalidInput.of_file(self.binary, message) from None
            yield child


_OURS = frozenset(
    {
        "HYBRID_APPLY_KEY",
        "HYBRID_KEYS",
        "HYBRID_PLAN_KEY",
        "HYBRID_REVIEW_KEYS",
        "HYBRID_SEAL_KEY",
        "HYBRID_VARIABLES",
    }
)
_RUNNERS = ("ACTIONS_", "GITHUB_")
"""What GitHub's runner sets for the steps of a job: with ACTIONS_ID_TOKEN_REQUEST_TOKEN whoever has it becomes the job
anywhere, and what is written into GITHUB_ENV is at work in its next steps. Google's credentials need neither: the file
that google-github-actions/auth writes holds address and token itself (createCredentialsFile of its
workload_identity_federation.ts; read 2026-11-30), and AWS's are keys of a session."""


def _is_ours(name: str) -> bool:
    """Whether it is something that Terraform and its providers have no use for."""
    return name in _OURS or name.startswith(_RUNNERS)


def _nobody(_text: str) -> None:
    """Tell nobody."""


@contextmanager
def _own_file(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield opened
    finally:
        os.close(opened)


def _titles(said: str) -> tuple[str, ...]:
    lines = (line.lstrip("│╷╵| ").strip() for line in said.splitlines())
    return tuple(dict.fromkeys(line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")))


def _detail(diagnostic: Mapping[str, Any]) -> str:
    address = diagnostic.get("address")
    detail = str(diagnostic.get("detail") or "")
    return f"{address}: {detail}" if address else detail
