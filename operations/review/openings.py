"""Finds public addresses that are let in after a plan and were not before, counted over all of its changes.

A single range that is the internet is found by the risk data file; here it is the internet in parts, and every other
public address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from estate.model.public_space import MOST_PUBLIC
from operations.inbound import EVERYBODY, TYPES, inbound, networks, public
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.risks import Risks
from operations.review.rules import finding
from operations.texts.counting import count

_ENDS: Final = (Action.DELETE, Action.FORGET, Action.NO_OP)
_NAME_SOURCES: Final = ("match", "source_ranges", "source_service_accounts", "source_tags", "vpc_config")
"""Attributes that say whom a rule lets in."""
_WIDEST: Final = 8
"""Wider ranges are the internet by themselves."""


class Openings:
    """Collects what changes let in."""

    def __init__(self, risks: Risks) -> None:
        self._fixed = risks.fixed
        self._opened: dict[str, tuple[set[str], int]] = {}

    def see(self, change: Change) -> None:
        """Note which ranges an object lets in that it does not let in today."""
        if change.mode != "managed" or change.type not in TYPES or change.action in _ENDS:
            return
        before, after = _ranges(change, change.values.before), _ranges(change, change.values.after)
        without_a_source = EVERYBODY in after and EVERYBODY not in str(change.values.after)
        if without_a_source and _source_is_unknown(change.values.unknown):
            after.discard(EVERYBODY)
        gained = public(before | after) - public(before)
        by_itself = not without_a_source and any(_is_internet(one) for one in after - before)
        if gained and not by_itself:
            self._opened[change.address] = (after - before, gained)

    def findings(self) -> Iterator[Finding]:
        """What is open afterwards that is not today; the internet where all of it together is more than anybody has."""
        together = {one for ranges, _ in self._opened.values() for one in ranges}
        everywhere = public(together) > MOST_PUBLIC
        for address, (_, gained) in self._opened.items():
            detail = f"{count(gained, 'public address', 'public addresses')} more"
            if everywhere:
                yield finding("internet-in-parts", self._fixed.internet_in_parts, address, detail)
            else:
                yield finding("public-comes-in", self._fixed.public_comes_in, address, detail)


def _ranges(change: Change, values: Any) -> set[str]:
    return set(inbound(change.type, values)) if isinstance(values, dict) else set()


def _source_is_unknown(unknown: Any) -> bool:
    """Whether only applying tells what a rule is open to."""
    found = unknown if isinstance(unknown, dict) else {}
    return any("True" in str(found.get(key)) for key in _NAME_SOURCES)


def _is_internet(text: str) -> bool:
    return any(one.prefixlen < _WIDEST for one in networks([text]))
