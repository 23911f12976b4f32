"""One step of a runbook, and the commands that apply a stack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunbookStep:
    """One thing that a person does.

    Attributes:
        title: what.
        commands: the exact commands, in order; words in capitals are the reader's own files.
        duration: how long it takes, roughly.
        verify: how to see that it went well.
    """

    title: str
    commands: tuple[str, ...]
    duration: str
    verify: str


def apply_commands(stack: str) -> tuple[str, str]:
    """What plans a stack, and applies that plan."""
    return (
        f"terraform -chdir=cdktf.out/stacks/{stack} plan -out=upgrade.tfplan",
        f"terraform -chdir=cdktf.out/stacks/{stack} apply upgrade.tfplan",
    )
