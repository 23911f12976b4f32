"""Upgrades with gkectl in the order that the versions on the way want; text and commands come from one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from estate.facts.vmware.versions import minors_between, order, upgraded_first
from operations.adopt.told import Step

OPTIONS: Final = "--kubeconfig ADMIN_KUBECONFIG --config"
"""What every command of gkectl is told."""

_FIRST_ADVANCED: Final = "1.33"


@dataclass(frozen=True)
class Going:
    """A cluster on its way to a newer version.

    Attributes:
        name: what to call it.
        file: its configuration file.
        version: its minor version, such as 1.28.
        is_admin: whether it is the admin cluster.
    """

    name: str
    file: str
    version: str
    is_admin: bool

    @property
    def command(self) -> str:
        """What upgrades it."""
        return f"gkectl upgrade {'admin' if self.is_admin else 'cluster'} {OPTIONS} {self.file}"

    def is_below(self, version: str) -> bool:
        """Whether it has a way to go to ``version``."""
        return order(self.version) < order(version)


def upgrade_steps(clusters: Sequence[Going], target: str, *remarks: str) -> Iterator[Step]:
    """One step for each stretch of the way on which the same kind of cluster goes first.

    Args:
        clusters: who goes.
        target: the minor version to reach.
        remarks: what to say of the last stretch, beside who goes and in which order.
    """
    first = min((one.version for one in clusters), key=order, default=target)
    for who, stretch in groupby(minors_between(first, target), upgraded_first):
        minors = list(stretch)
        there = sorted(
            (one for one in clusters if one.is_below(minors[-1])),
            key=lambda one: one.is_admin != (who == "admin"),
        )
        names = ", ".join(one.name for one in there)
        says = [
            f"{names}: upgrade to {minors[-1]}, one minor version at a time ({', '.join(minors)}){_order(there)}"
        ]
        if _FIRST_ADVANCED in minors:
            says.append(f"with {_FIRST_ADVANCED} a cluster becomes an advanced one, which only gkectl can do")
        says += remarks if minors[-1] == target else ()
        yield "; ".join(says), tuple(one.command for one in there)


def _order(clusters: Sequence[Going]) -> str:
    first, *then = dict.fromkeys("the admin cluster" if one.is_admin else "user clusters" for one in clusters)
    return f", each time {first} before {then[0]}" if then else ""
