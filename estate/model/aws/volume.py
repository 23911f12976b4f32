"""An EBS volume: its kind, size and speed.

Left out: `throughput` and multi-attach, which nothing here needs; encryption is not a choice.

https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StrictInt

from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.rules import Violation, rule


class VolumeType(StrEnum):
    """Kinds of EBS volumes on solid-state disks."""

    GP2 = "gp2"
    GP3 = "gp3"
    IO1 = "io1"
    IO2 = "io2"


@dataclass(frozen=True)
class _Speed:
    """What a kind of volume can be asked for, in I/O operations a second."""

    least: int
    most: int
    per_gib: int


# From the page in the module's docstring; gp2 cannot be asked for a speed.
_SPEEDS: Final = {
    VolumeType.GP3: _Speed(least=3000, most=16000, per_gib=500),
    VolumeType.IO1: _Speed(least=100, most=64000, per_gib=50),
    VolumeType.IO2: _Speed(least=100, most=64000, per_gib=500),
}


class VolumeConfig(Model):
    """One encrypted volume."""

    volume_type: VolumeType = VolumeType.GP3
    """gp3: general purpose. gp2: the same, older and dearer. io1, io2: as fast as iops says. gp3
    when absent."""
    size_gib: Annotated[StrictInt, Field(ge=8, le=16384)] = 20
    """Size in GiB, which can grow but not shrink; 20 when absent."""
    iops: StrictInt | None = None
    """I/O operations a second; needed with io1 and io2, refused with gp2, 3000 with gp3 when absent."""
    kms_key: Annotated[Key, KeyOf("aws.kms_keys")] | None = None
    """Key of aws.kms_keys to encrypt with; the owner of the volume says what when absent. Another
    key replaces the volume."""

    @rule
    def _iops_fit_the_type(self) -> Iterator[Violation]:
        """Operations per second are said where the type wants them, and within what type and size allow."""
        speed = _SPEEDS.get(self.volume_type)
        if speed is None:
            if self.iops is not None:
                yield Violation(
                    ("iops",), f"must be left out with volume_type: gp2, got {self.iops}; or choose gp3"
                )
        elif self.iops is None:
            if self.volume_type is not VolumeType.GP3:
                yield Violation(
                    ("iops",), f"is needed with volume_type: {self.volume_type}; for example {speed.least}"
                )
        else:
            most = max(speed.least, min(speed.most, speed.per_gib * self.size_gib))
            if not speed.least <= self.iops <= most:
                yield Violation(
                    ("iops",),
                    f"must be {speed.least} to {most} with volume_type: {self.volume_type} "
                    f"and size_gib: {self.size_gib}, got {self.iops}",
                )
