"""Quotas that an AWS account starts with in each region, and that an environment can come to.

They stand in quotas.json beside this module, each with its source. AWS raises all of them on request; what an account
has by now only `aws service-quotas get-service-quota` says.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Quota:
    """A quota.

    Attributes:
        name: what AWS calls it.
        service: service that it is of, as Service Quotas has it.
        code: its code there.
        starts_with: what an account starts with.
    """

    name: str
    service: str
    code: str
    starts_with: int


@functools.cache
def quotas() -> Mapping[str, Quota]:
    """Every quota, by what it counts."""
    data = json.loads(Path(__file__).with_name("quotas.json").read_text("utf-8"))
    return {
        key: Quota(entry["name"], entry["service"], entry["code"], entry["starts_with"])
        for key, entry in data["quotas"].items()
    }
