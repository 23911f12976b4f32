"""Quotas of Compute Engine that a project has in each region, and that an environment can come to.

Google says no number that projects start with. What new ones were seen with stands in quotas.json beside this module, the
least of each, with its source; what a project has by now only `gcloud compute regions describe` says.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SPOT_PROCESSORS: Final = "PREEMPTIBLE_CPUS"
SSD_GB: Final = "SSD_TOTAL_GB"

_SHARED: Final = frozenset({"e2", "f1", "g1", "n1"})
"""Families that the quota without a family's name is for."""
_NAMED: Final = frozenset({"a2", "c2", "c2d", "c3", "m1", "m2", "m3", "n2", "n2d", "t2a", "t2d", "z3"})
"""Families that have a metric of their own: https://docs.cloud.google.com/compute/docs/reference/rest/v1/regions (excerpt)."""
_COUNT: Final = re.compile(r"[a-z0-9]+-[a-z]+-([0-9]+)(-.*)?")


@functools.cache
def seen() -> Mapping[str, int]:
    """The least that a new project was seen with, of processors of a family, spot processors and GB of SSD."""
    data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return {key: entry["least"] for key, entry in data["seen"].items()}


def processors_metric(machine_type: str) -> str:
    """The quota that processors of a machine type's family count for; newer families share one that has them apart."""
    family = machine_type.partition("-")[0]
    if family in _SHARED:
        return "CPUS"
    return f"{family.upper()}_CPUS" if family in _NAMED else f"CPUS_PER_VM_FAMILY of {family.upper()}"


def processors(machine_type: str) -> int:
    """Virtual processors of a machine type, by its name; 2 where that says none, as of e2-medium.

    Types with GPUs say how many of these they have and count as 2, though they have more.
    """
    found = _COUNT.fullmatch(machine_type)
    return int(found[1]) if found else 2
