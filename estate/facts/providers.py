"""The versions of Terraform's providers that stacks name, and which of their defects somebody can meet.

They stand in providers.json beside this module, apart from the bindings, whose versions say only which attributes
Python knows: each version with its source and why it is there, each defect with how the stacks get by. A defect is
one from the version in `since` on, null for all that came before, until the one in `mended_in`, null for none yet.
What moves with a version: docs/providers.md.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Defect:
    """What a provider does wrong.

    Attributes:
        provider: its name.
        what: the defect.
        effect: what somebody sees of it.
        since: the first version that has it; None where every older one has it, too.
        mended_in: the first version without it; None while there is none.
        get_by: what the stacks do about it.
        where: files in which they do it.
        source: who says so.
    """

    provider: str
    what: str
    effect: str
    since: str | None
    mended_in: str | None
    get_by: str
    where: Sequence[str]
    source: str

    def is_in(self, version: str) -> bool:
        """Whether a version of the provider has it."""
        mine = _ordered(version)
        return (self.since is None or mine >= _ordered(self.since)) and (
            self.mended_in is None or mine < _ordered(self.mended_in)
        )


def default_version(provider: str) -> str:
    """The version that a stack names where its environment does not choose another."""
    return str(_data()["providers"][provider]["default"])


def versions(provider: str) -> tuple[str, ...]:
    """The versions that a stack may name, the newest first."""
    return tuple(_data()["providers"][provider]["versions"])


def providers() -> tuple[str, ...]:
    """The providers that stacks use."""
    return tuple(_data()["providers"])


@functools.cache
def defects() -> tuple[Defect, ...]:
    """All that are known."""
    return tuple(Defect(**one) for one in _data()["defects"])


@functools.cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(Path(__file__).with_name("providers.json").read_text("utf-8"))
    return data


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
