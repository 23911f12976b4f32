"""The synthesized stacks of this repository's environments, to be broken one way at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from estate.derived.stack_plan import bootstrap_stack, environment_of
from operations.artifacts.stack_json import read_stack
from operations.policy.stacks import Outside, Stack, make_stack, outside_of
from tests.example import ESTATE, PLANS
from tests.operations.policy.additions import add, add_eks, add_gke, add_vpn
from tests.operations.policy.grounds import ground_of

World = dict[str, dict[str, Any]]
"""Every stack's JSON, as synthesized, by name."""

Break = Callable[[World], None]


def real_world(outdir: Path) -> World:
    """The stacks as they are."""
    return {name: read_stack(outdir, name) for name in PLANS}


def whole_world(outdir: Path) -> World:
    """The stacks, with what not every environment holds added to prod: a VPN, GKE and an attached EKS cluster;
    and with what dev and prod stand on, where a person makes it.
    """
    world = real_world(outdir)
    pins = world["prod"]["terraform"]
    attach = {"terraform": {**pins, "backend": {"s3": {**pins["backend"]["s3"], "key": "prod-added/x"}}}}
    add_vpn(world["prod"])
    add_gke(world["prod"])
    add_eks(world["prod"], attach)
    grounds = {bootstrap_stack(name): ground_of(name) for name in ("dev", "prod")}
    return {**world, "prod-added": attach, **grounds}


class _Copied(dict[str, dict[str, Any]]):
    """Copies of the stacks that a break asks for; what it leaves alone is not copied."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def __missing__(self, name: str) -> dict[str, Any]:
        self[name] = json.loads(json.dumps(self._world[name]))
        return self[name]


def broken(world: World, break_: Break) -> World:
    """A copy that is broken in one way; the stacks that are not are the same objects."""
    copied = _Copied(world)
    break_(copied)
    assert any(world[name] != body for name, body in copied.items())
    return {**world, **copied}


def stacks(world: World) -> list[Stack]:
    """The stacks as rules look at them."""
    return [_stack(name, body) for name, body in world.items()]


def touched(world: World, break_: Break) -> list[Stack]:
    """The stacks that a break changes, for rules that look at one after the other."""
    return [_stack(name, body) for name, body in broken(world, break_).items() if body is not world[name]]


def stacks_after(world: World, whole: list[Stack], break_: Break) -> list[Stack]:
    """The stacks after a break; those that it leaves alone are those of the whole."""
    after = broken(world, break_)
    return [one if after[one.name] is world[one.name] else _stack(one.name, after[one.name]) for one in whole]


def _stack(name: str, body: dict[str, Any]) -> Stack:
    return make_stack(name, environment_of(name), body, _outside(name.partition("-")[0]))


@cache
def _outside(environment: str) -> Outside:
    return outside_of(ESTATE, environment)


def first(world: World, stack: str, type_: str, part: str = "") -> dict[str, Any]:
    """The first resource of a type whose name has a part."""
    found = world[stack]["resource"][type_]
    return next(body for name, body in found.items() if part in name)


def change(stack: str, type_: str, part: str = "", **arguments: Any) -> Break:
    """Change arguments of the first resource of a type whose name has a part."""

    def break_(world: World) -> None:
        first(world, stack, type_, part).update(arguments)

    return break_


def adding(stack: str, address: str, **arguments: Any) -> Break:
    """Add a resource."""

    def break_(world: World) -> None:
        add(world[stack], (address, arguments))

    return break_
