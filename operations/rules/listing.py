"""Every rule of the product, those of files that `hybrid check` does not read included."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import NamedTuple

import estate.model
import estate.rules
from estate.model.rules import rules
from estate.model.terms import term


class ListedRule(NamedTuple):
    """A rule as people read it.

    Attributes:
        id: where it stands and what it is called.
        judges: what it looks at, in words: an entity, an environment, the whole estate.
        description: what it asks for.
    """

    id: str
    judges: str
    description: str


def listed_rules() -> tuple[ListedRule, ...]:
    """Every rule, sorted by id."""
    for package in (estate.model, estate.rules):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return tuple(
        ListedRule(one.id, term(one.judges.__name__), one.description)
        for one in rules().values()
        # Others are of files that are read once, to move in.
        if one.judges.__module__.startswith("estate.")
    )
