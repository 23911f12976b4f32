"""The volumes of the document as those of the section."""

from __future__ import annotations

import math
from typing import Final

from operations.adopt.management_service.reading import Document
from operations.adopt.management_service.section import Section

_KEYS: Final = {"rootVolume": "root_volume", "dataVolume": "data_volume"}
_DEFAULT_GIB: Final = 20
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
_IOPS_PER_GIB: Final = {"io1": 50, "io2": 500, "gp3": 500}


def put_volume(
    section: Section, document: Document, name: str, kms_key: str | None, size_gib: int | None = None
) -> None:
    """Put a volume.

    Args:
        section: where to.
        document: where from.
        name: `rootVolume` or `dataVolume`.
        kms_key: name of its key among the section's.
        size_gib: its size as the state says it; the document's own, or what its speed asks for, when
            absent.
    """
    origin, to = ("spec", name), ("management_service", _KEYS[name])
    written = document.at(*origin, "volumeType")
    type_ = written.lower() if written else None
    iops = document.at(*origin, "iops")
    if type_:
        section.put((*to, "volume_type"), type_, *origin, "volumeType")
    documented = document.at(*origin, "sizeGiB")
    if documented:
        section.put((*to, "size_gib"), documented, *origin, "sizeGiB")
    elif size_gib:
        section.put((*to, "size_gib"), size_gib, comment="as in the state")
    elif iops and type_ in _IOPS_PER_GIB and iops > _DEFAULT_GIB * _IOPS_PER_GIB[type_]:
        least = math.ceil(iops / _IOPS_PER_GIB[type_])
        section.put(
            (*to, "size_gib"), least, comment="the smallest with these iops; the document names no size"
        )
    if iops and type_ in {None, "gp2"}:
        section.leave_out("a gp2 volume, the product's default, has no speed to choose", *origin, "iops")
    elif iops:
        section.put((*to, "iops"), iops, *origin, "iops")
    if kms_key:
        section.put((*to, "kms_key"), kms_key, *origin, "kmsKeyARN")
