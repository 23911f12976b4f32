"""Every need of policy's tables as Markdown: what has to be allowed for what, and who says so on which day."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from operations.policy.permitted import aws_needs, google_needs
from operations.policy.permitted.need import Need
from operations.texts.markdown import flowing, markup_table

_TITLES = ("to", "takes", "because", "source", "read")
_CLOUDS: Mapping[str, ModuleType] = {"AWS": aws_needs, "Google Cloud": google_needs}


def needs() -> dict[str, list[Need]]:
    """The needs of each cloud, in the order of its table."""
    return {
        cloud: [one for one in vars(module).values() if isinstance(one, Need)]
        for cloud, module in _CLOUDS.items()
    }


def needs_markdown() -> str:
    """A table for each cloud."""
    return "\n\n".join(
        markup_table(cloud, _TITLES, [_row(need) for need in found]) for cloud, found in needs().items()
    )


def _row(need: Need) -> tuple[str, ...]:
    asks = ", ".join(f"`{ask}`" for ask in need.asks) or "what is given"
    return need.task, asks, flowing(need.says), f"<{need.source}>", need.read
