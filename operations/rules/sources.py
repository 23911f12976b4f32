"""Where a rule comes from: addresses of documents in its own text, and beside the constants that it names."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile

from estate.model.rules import Check, Rule

_ADDRESS = re.compile(r"https://[-\w./%#?=&]*[-\w/%#=&]")


def addresses(text: str | None) -> tuple[str, ...]:
    """Every address of a document in a text, once each."""
    return tuple(dict.fromkeys(_ADDRESS.findall(text or "")))


def sources(rule: Rule) -> tuple[str, ...]:
    """The documents that a rule rests on, as far as the code says them; often nobody's but ours."""
    said = [inspect.getsource(rule.check), *_beside_constants(rule.check)]
    return addresses(" ".join(said))


def _beside_constants(check: Check) -> Iterator[str]:
    """What is said of each constant of its module that a function names."""
    lines = inspect.getsource(sys.modules[check.__module__]).splitlines()
    for name in check.__code__.co_names:
        for at, line in enumerate(lines):
            if re.match(rf"{name}\b.* = ", line):
                yield _said_of(lines, at)


def _said_of(lines: Sequence[str], at: int) -> str:
    """What stands behind a constant or below it, or else above the constants that it stands together with."""
    near = " ".join([lines[at], *(line for line in lines[at + 1 : at + 2] if line.startswith('"""'))])
    if addresses(near):
        return near
    above = list(takewhile(lambda line: line.strip(), reversed(lines[:at])))
    return " ".join(line for line in reversed(above) if line.startswith("#"))
