"""One thing that a firewall has to let through."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """One thing to let through.

    Attributes:
        source: who begins to speak, as ranges with a comma between them.
        target: whom they speak to, as ranges with a comma between them.
        port: protocol and ports, such as tcp:443.
        why: what for, in words without a final period.
    """

    source: str
    target: str
    port: str
    why: str
