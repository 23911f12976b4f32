"""The privileges that Google documents for the clusters' vCenter account.

They stand in privileges.json beside this module, with their source and the day on which it was read.
"""

from __future__ import annotations

import functools
import json
from enum import StrEnum
from pathlib import Path


class RoleKind(StrEnum):
    """What a role is for; the value is the last part of its name."""

    CLUSTER_ACCOUNT = "gke"
    CLUSTER_EDITOR = "gke-cluster-editor"
    SESSION_VALIDATOR = "gke-session-validator"


@functools.cache
def documented(kind: RoleKind) -> frozenset[str]:
    """The documented privileges, without those that vCenter adds to every role."""
    data = json.loads(Path(__file__).with_name("privileges.json").read_text("utf-8"))
    return frozenset(data["roles"][kind.value])
