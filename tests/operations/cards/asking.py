"""Asks the cards of one environment alone."""

from __future__ import annotations

from estate.model.environment import Environment
from operations.cards import contents as rows
from operations.cards import warnings as said
from operations.cards.contents import Content
from tests.model.access.estates import estate, organization


def contents(environment: Environment) -> list[Content]:
    """Its rows, in an organization without people."""
    return list(rows.contents(estate(organization(), environment), environment.environment))


def warnings(environment: Environment) -> list[str]:
    """What is worth saying of it."""
    return list(said.all_warnings(estate(organization(), environment), environment.environment))
