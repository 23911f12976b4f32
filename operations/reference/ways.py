"""Every reason of the tables of ways as Markdown: what has to get through, why, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from estate.facts.ways import clouds, data_centers
from estate.facts.ways.reason import Reason, Seen
from operations.policy.ways.unseen import BESIDE
from operations.texts.markdown import flowing, markup_table

_TITLES = ("to", "at", "because", "source", "read")
_PLACES: Mapping[str, ModuleType] = {
    "In the clouds and between all places": clouds,
    "In the data centers": data_centers,
}


def reasons() -> dict[str, list[Reason]]:
    """The reasons of each place, in the order of its table."""
    return {
        place: [one for one in vars(module).values() if isinstance(one, Reason)]
        for place, module in _PLACES.items()
    }


def ways_markdown() -> str:
    """A table for each place, and the types that are not evaluated."""
    tables = [
        markup_table(place, _TITLES, [_row(one) for one in found]) for place, found in reasons().items()
    ]
    beside = [(f"`{type_}`", why) for type_, why in sorted(BESIDE.items())]
    tables.append(markup_table("Types that no way is lost by", ("type", "because it"), beside))
    return "\n\n".join(tables)


def _row(reason: Reason) -> tuple[str, ...]:
    ports = ", ".join(f"`{port}`" for port in reason.ports) or "what the file says"
    source = f"`{reason.source}`" if reason.seen is Seen.FILE else f"<{reason.source}>"
    return flowing(reason.why), ports, flowing(reason.says), source, reason.how
