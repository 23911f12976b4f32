"""Asks the cards of one environment alone."""

from __future__ import annotations

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from operations.cards import contents as rows
from operations.cards import warnings as said
from operations.cards.contents import Content
from operations.cards.prerequisites import prerequisites
from tests.model.access.estates import estate, organization


def contents(environment: Environment) -> list[Content]:
    """Its rows, in an organization without people."""
    return list(rows.contents(estate(organization(), environment), environment.environment))


def warnings(environment: Environment, shared: Organization | None = None) -> list[str]:
    """What is worth saying of it, in an organization without people unless another one is given."""
    whole = estate(shared or organization(), environment)
    return list(said.all_warnings(whole, environment.environment))


def steps(whole: Estate, name: str) -> dict[str, tuple[str, ...]]:
    """What a person does for an environment, in order, each with its commands."""
    return {step.what: step.commands for step in prerequisites(whole, name)}


def commands(whole: Estate, name: str) -> list[str]:
    """All commands of that, in order."""
    return [command for found in steps(whole, name).values() for command in found]
