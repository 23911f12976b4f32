"""A resource pool: what the machines of one cluster may take of a vSphere cluster.

Left out: pools below pools, and shares that scale with what is in a pool. A vSphere Standard licence has no
resource pools of one's own for the product's clusters.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.vmware.vsphere.values import ObjectName


class ShareLevel(StrEnum):
    """What a pool gets against its neighbours when there is not enough for all."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CUSTOM = "custom"


class _Allocation(Model):
    """What processors and memory have in common."""

    share_level: ShareLevel = ShareLevel.NORMAL
    """low, normal, high or custom; normal when absent."""
    shares: Annotated[StrictInt, Field(ge=1, le=4_000_000)] | None = None
    """Number of shares, with share_level custom only; that of the level when absent."""
    expandable: StrictBool = True
    """Whether more can be reserved than the pool's own reservation, from what its parent has left; it can
    when absent."""

    @rule
    def _shares_go_with_custom(self) -> Iterator[Violation]:
        """A number of shares is said with share_level custom, and with no other."""
        is_custom = self.share_level is ShareLevel.CUSTOM
        if is_custom and self.shares is None:
            yield Violation(
                ("shares",),
                "is needed with share_level: custom; write the number, or say low, normal or high",
                ("shares",),
            )
        if not is_custom and self.shares is not None:
            yield Violation(
                ("shares",),
                f"goes with share_level: custom only, got {self.shares} with {self.share_level.value}; "
                "leave it out, or say custom",
            )


def _limit_below(reservation: int, limit: int | None, unit: str) -> Iterator[Violation]:
    if limit is not None and limit < reservation:
        yield Violation(
            (f"limit_{unit}",),
            f"must be at least reservation_{unit} {reservation}, got {limit}; raise it, or reserve less",
        )


class CpuAllocation(_Allocation):
    """Processors."""

    reservation_mhz: Annotated[StrictInt, Field(ge=0)] = 0
    """What the pool always has, in MHz; nothing when absent."""
    limit_mhz: Annotated[StrictInt, Field(ge=1)] | None = None
    """What it never exceeds, in MHz; no limit when absent."""

    @rule
    def _limit_leaves_the_reservation(self) -> Iterator[Violation]:
        """The limit of processors is not below what is reserved."""
        yield from _limit_below(self.reservation_mhz, self.limit_mhz, "mhz")


class MemoryAllocation(_Allocation):
    """Memory."""

    reservation_mb: Annotated[StrictInt, Field(ge=0)] = 0
    """What the pool always has, in MiB; nothing when absent."""
    limit_mb: Annotated[StrictInt, Field(ge=1)] | None = None
    """What it never exceeds, in MiB; no limit when absent."""

    @rule
    def _limit_leaves_the_reserved_memory(self) -> Iterator[Violation]:
        """The limit of memory is not below what is reserved."""
        yield from _limit_below(self.reservation_mb, self.limit_mb, "mb")


class ResourcePoolConfig(Model):
    """A resource pool in the vSphere cluster that the machines stand in."""

    name: ObjectName | None = None
    """Name of the pool, for one that exists and is imported; the cluster's name when absent."""
    cpu: CpuAllocation = CpuAllocation.unsaid()
    """Processors; normal shares without reservation or limit when absent."""
    memory: MemoryAllocation = MemoryAllocation.unsaid()
    """Memory; normal shares without reservation or limit when absent."""
