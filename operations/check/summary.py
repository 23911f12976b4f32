"""Whether the estate is well, on one screen: a line an environment, and what is worth saying most.

Left out: everything else, which ``hybrid check ENV`` shows. What is said is cut to a line or two, so that four
environments with whatever they warn of take no more than 24 lines of a terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap
from typing import Final

from estate.model.estate import Estate
from operations.cards.contents import contents
from operations.cards.notes import notes
from operations.cards.warnings import all_warnings
from operations.console import columns_of_a_line, print_table, say
from operations.placeholders import summed as summed_placeholders
from operations.texts.counting import count

_SAID: Final = 2
"""Warnings of each environment, and notes, that are said; the first ones say most."""

_LINES: Final = 2
"""Lines that each of a few has, one being left for each of more."""

_FEW: Final = 6

_CUT: Final = partial(wrap, placeholder=" ...", subsequent_indent="  ", break_on_hyphens=False)

_CLUSTER: Final = " cluster"
_VPN: Final = "HA VPN"


def print_summary(estate: Estate, names: Sequence[str]) -> None:
    """Print a line for each environment, then the first warnings and notes, then what shows the rest."""
    warnings = {name: list(all_warnings(estate, name)) for name in names}
    rows = [(*_counts(estate, name), str(len(warnings[name]))) for name in names]
    print_table("Environments", ("environment", "clusters", "VPNs", "entities", "warnings"), rows)
    said = [(f"warning: {name}: {one}", "yellow") for name in names for one in warnings[name][:_SAID]]
    also = [(f"note: {one}", "cyan") for one in _first(list(notes(estate)))]
    lines = _LINES if len(said) + len(also) <= _FEW else 1
    _say(said, lines)
    _say([(f"warning: {one}", "yellow") for one in summed_placeholders(estate, names)], 1)
    _say(also, lines)
    valid = count(len(names), "environment is", "environments are")
    say(f"{valid} valid; hybrid check {names[-1]} shows everything of {names[-1]}", style="bold green")


def _say(said: Sequence[tuple[str, str]], lines: int) -> None:
    for text, style in said:
        for line in _CUT(text, width=columns_of_a_line(), max_lines=lines):
            say(line, style=style)


def _counts(estate: Estate, name: str) -> tuple[str, ...]:
    kinds = Counter(one.entity for one in contents(estate, name))
    clusters = [
        f"{number} {kind.removesuffix(_CLUSTER)}" for kind, number in kinds.items() if kind.endswith(_CLUSTER)
    ]
    return name, ", ".join(clusters) or "none", str(kinds[_VPN]), str(kinds.total())


def _first(said: Sequence[str]) -> Iterator[str]:
    yield from said[:_SAID]
    if len(said) > _SAID:
        yield f"and {len(said) - _SAID} more"
