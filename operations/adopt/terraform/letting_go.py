"""How the other Terraform lets go of what is taken: by commands on its state, or by ``removed`` blocks that it applies.

A block names a resource with all its instances, and none of a module that has an index
(https://developer.hashicorp.com/terraform/language/block/removed, 2026-12-01); what is taken otherwise, such as one
instance of several, is left to a command.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.told import Step

REMOVED_FILE: Final = "removed.tf"
"""The file of the blocks, in the folder of the other Terraform."""

_A_COMMAND: Final = 20
"""Addresses in one command: a shell takes more, a person does not read them."""
_INDEX: Final = re.compile(r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]$")
_MODULE_INDEX: Final = re.compile(r"module\.[^.\[]+\[")


def by_commands(states: Sequence[Sequence[FoundObject]]) -> Iterator[Step]:
    """Let go by ``terraform state rm``.

    Args:
        states: what is taken, by the state that lets it go.
    """
    yield (
        "have the other Terraform forget what is imported here, in its folder, and take it out of its files too: its "
        "next apply would make all of it anew",
        tuple(command for some in states for command in _forget(some)),
    )


def by_blocks(states: Sequence[Sequence[FoundObject]], found: Found) -> Iterator[Step]:
    """Let go by ``removed`` blocks, and by commands what no block can name.

    Args:
        states: what is taken, by the state that lets it go.
        found: all that the states hold.
    """
    commands: list[str] = []
    for number, some in enumerate(states, 1):
        whole, rest = _blocks(some, found)
        commands += _forget(rest)
        if whole:
            text = "\n".join(
                f"removed {{\n  from = {address}\n  lifecycle {{ destroy = false }}\n}}" for address in whole
            )
            yield (
                f"have the other Terraform let go, 1.7 or newer, in the folder of state {number}: take these resources out of "
                "its files, those of a module out of the module, or with it where it keeps nothing else; its plan must "
                "destroy and change nothing, or the way by terraform state rm is the one to go",
                (
                    f"cat > {REMOVED_FILE} <<'END'\n{text}\nEND",
                    "terraform plan -out=letting-go.plan",
                    "terraform apply letting-go.plan",
                ),
            )
    if commands:
        yield (
            "have it forget what no block can name, because it keeps other instances or a module has an index",
            tuple(commands),
        )


def _blocks(some: Sequence[FoundObject], found: Found) -> tuple[list[str], list[FoundObject]]:
    """The resources that go whole, and the objects that do not."""
    ours = {(one.state, one.address) for one in some}
    there = {(one.state, one.address) for one in found.objects}
    there |= {(one.state, one.address) for one in found.aside}
    staying = {(state, _resource(address)) for state, address in there - ours}
    whole: dict[str, None] = {}
    rest: list[FoundObject] = []
    for one in some:
        resource = _resource(one.address)
        if (one.state, resource) in staying or _MODULE_INDEX.search(resource):
            rest.append(one)
        else:
            whole[resource] = None
    return list(whole), rest


def _resource(address: str) -> str:
    """The address of a resource, without the index of an instance."""
    return _INDEX.sub("", address)


def _forget(some: Sequence[FoundObject]) -> Iterator[str]:
    addresses = [one.address for one in some]
    for first in range(0, len(addresses), _A_COMMAND):
        yield shlex.join(["terraform", "state", "rm", *addresses[first : first + _A_COMMAND]])
