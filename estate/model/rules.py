"""How a model states its rules, so that every broken one is reported and not only the first.

A rule is a method marked :func:`rule` that yields a :class:`Violation` for each mistake. All rules
of a model run, then their violations are raised as one :class:`RulesBroken`, which pydantic carries
to the loader. Pydantic's own ``model_validator`` would stop at the first rule that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Violation:
    """One broken rule.

    Attributes:
        path: keys and positions from the model that owns the rule to the value to change.
        message: what was found, what is allowed and what to do; lower case, no final period.
        absent: path, from the same model, of something whose absence the rule complains of; the
            loader keeps silent about it when that something stands in the file but is itself wrong.
    """

    path: Path
    message: str
    absent: Path | None = None


class RulesBroken(ValueError):  # noqa: N818 - reads as the sentence it is
    """All rules that one model instance breaks."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(violation.message for violation in violations))


Rule = Callable[[Any], Iterator[Violation]]


def rule(function: Rule) -> Rule:
    """Mark a method of a model as a rule, to be run once its fields are valid."""
    function.is_rule = True  # type: ignore[attr-defined]  # a mark on the function itself
    return function


def broken_rules(instance: object) -> list[Violation]:
    """Run every rule of ``instance`` in order of definition, base classes first."""
    names: dict[str, None] = {}
    for owner in reversed(type(instance).__mro__):
        names.update(dict.fromkeys(n for n, v in vars(owner).items() if getattr(v, "is_rule", False)))
    return [violation for name in names for violation in getattr(instance, name)()]
