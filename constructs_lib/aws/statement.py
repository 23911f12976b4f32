"""A statement of a policy of IAM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def allow(
    sid: str,
    actions: Sequence[str],
    resources: str | Sequence[str],
    condition: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Allow actions on resources, under a condition if there is one."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": resources,
        **({"Condition": condition} if condition else {}),
    }
