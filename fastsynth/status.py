"""What :func:`fastsynth.activation.install` achieved."""

from __future__ import annotations

from dataclasses import dataclass


class FastsynthWarning(UserWarning):
    """Something loads slower than it could; what is synthesized is not affected."""


@dataclass(frozen=True)
class Status:
    """Which parts are active in this process.

    Attributes:
        python: provider packages import a resource's module when it is first used.
        node: a Node process started from now on was told to do the same. Whether it obeys is not
            known here.
        reason: why a part is not active, or runs without jsii's package cache; ``None`` when
            nothing is amiss.
    """

    python: bool
    node: bool
    reason: str | None
