"""Each way of an environment's file put to the tables of its stack: there, and back."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.ways.way import Way
from estate.facts.ways.reason import Reason
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Stack, Stacks
from operations.policy.ways.ends import place
from operations.policy.ways.filters import held_back
from operations.policy.ways.routes import Routes


def there(stacks: Stacks) -> Iterator[Broken]:
    """Ways whose packets do not come to the other end."""
    for stack, way, routes in _asked(stacks):
        found = [*routes.lost(way.source, way.target), *held_back(stack, way)]
        if found:
            what = f"{way.source.words} does not get to {way.target.words} at {', '.join(way.ports)}"
            yield place(stack, way.target, way.source), _message(what, found, way.reason)


def back(stacks: Stacks) -> Iterator[Broken]:
    """Ways whose answers do not come back."""
    for stack, way, routes in _asked(stacks):
        found = routes.lost(way.target, way.source)
        if found:
            what = f"answers of {way.target.words} do not get back to {way.source.words}"
            yield place(stack, way.target, way.source), _message(what, found, way.reason)


def _asked(stacks: Stacks) -> Iterator[tuple[Stack, Way, Routes]]:
    for stack in stacks:
        found = stack.outside.ways
        if stack.name == found.environment:
            routes = Routes(stack, found.learned)
            for way in found.asked:
                yield stack, way, routes


def _message(what: str, found: list[str], reason: Reason) -> str:
    return (
        f"{what}, which it takes to {reason.why}: {'; '.join(found)}; "
        f"open the way or take out what needs it ({reason.source}, {reason.how})"
    )
