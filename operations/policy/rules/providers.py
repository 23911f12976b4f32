"""Providers: which ones run, and in which version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Resource, Stacks

_BUILT_IN = frozenset({"terraform"})
_EXACT = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def _provider(resource: Resource) -> str:
    named = resource.body.get("provider")
    return str(named).partition(".")[0] if named else resource.type.partition("_")[0]


def _pinned(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        place = stack.place("terraform.required_providers")
        pins = stack.terraform.get("required_providers", {})
        for name, pin in pins.items():
            version = pin.get("version") if isinstance(pin, dict) else pin
            if not _EXACT.fullmatch(str(version)):
                got = f"pinned as {version}" if version else "not pinned"
                yield place, f"provider {name} is {got}; name one version such as 6.50.0"
        for name in sorted({_provider(resource) for resource in stack} - _BUILT_IN - set(pins)):
            yield place, f"provider {name} is used and not declared, so any version would do; pin it"


RULES = (Rule("HYB_PROVIDER_PIN", Level.HIGH, "Each provider is pinned to one version", _pinned),)
