"""Every rule as Markdown, from what `hybrid rules` lists and where the code says that it comes from."""

from __future__ import annotations

import sys
from itertools import groupby

from estate.model.rules import Rule, rules
from operations.rules.listing import ListedRule, listed_rules
from operations.rules.sources import addresses, sources
from operations.texts.markdown import flowing, table_lines

_TITLES = ("rule", "judges", "asks for", "source")


def rules_markdown() -> str:
    """A chapter for every module that has rules, with a table of them."""
    listed = listed_rules()
    known = rules()
    parts = []
    for module, some in groupby(listed, lambda one: one.id.rpartition(".")[0]):
        of_module = list(some)
        rests = addresses(sys.modules[known[of_module[0].id].check.__module__].__doc__)
        about = [f"What it says of its subject rests on {_linked(rests)}.", ""] if rests else []
        rows = [_row(one, known[one.id]) for one in of_module]
        parts.append("\n".join([f"## {module}", "", *about, *table_lines(_TITLES, rows)]) + "\n")
    return "\n".join(parts)


def _row(listed: ListedRule, rule: Rule) -> tuple[str, ...]:
    return (f"`{listed.id}`", listed.judges, flowing(listed.description), _linked(sources(rule)) or "-")


def _linked(documents: tuple[str, ...]) -> str:
    return ", ".join(f"<{one}>" for one in documents)
