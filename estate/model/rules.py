"""How rules are stated, whatever they look at, so that every broken one is reported and not only the first.

A rule yields a :class:`Violation` for each mistake. What a model's own fields decide is a method of the model,
marked :func:`rule`; what compares entities or files is a function below `estate.rules`, marked with the class
that it judges. All rules of an object run, then their violations are raised as one :class:`RulesBroken`, which
pydantic carries to the loader. Pydantic's own ``model_validator`` would stop at the first rule that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any, ClassVar, TypeVar, overload

Path = tuple[str | int, ...]


@dataclass(frozen=True, init=False)
class Violation:
    """One broken rule.

    Attributes:
        path: keys and positions from what the rule judges to the value to change; from the whole estate, the
            name of the file comes first.
        message: what was found, what is allowed and what to do; lower case, no final period.
        absent: paths, from the same place, of whatever the rule complains is missing, or is not what it should
            be; the loader keeps silent when one of these stands in its file but is itself wrong.
    """

    path: Path
    message: str
    absent: tuple[Path, ...]

    def __init__(self, path: Path, message: str, *absent: Path) -> None:
        for name, value in (("path", path), ("message", message), ("absent", absent)):
            object.__setattr__(self, name, value)


class RulesBroken(ValueError):  # noqa: N818 - reads as the sentence it is
    """All rules that one object breaks."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(violation.message for violation in violations))


class RulesMissing(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """Something was to be judged whose rules are not loaded, and would have passed; no error of the input's."""


Check = Callable[[Any], Iterator[Violation]]
F = TypeVar("F", bound=Check)


@dataclass(frozen=True)
class Rule:
    """A rule as it is listed.

    Attributes:
        id: where it stands and what it is called, such as `aws.kms_keys.aliases-differ`; unique.
        judges: the class whose objects it looks at.
        description: the first line of its docstring.
        check: yields what is wrong with an object.
    """

    id: str
    judges: type
    description: str
    check: Check


class _Registry:
    """Every rule that is loaded, by the class that it judges, in order of definition."""

    rules: ClassVar[dict[type, list[Rule]]] = {}
    complete: ClassVar[bool] = False


@overload
def rule(function: F) -> F: ...
@overload
def rule(*, on: type) -> Callable[[F], F]: ...
def rule(function: F | None = None, *, on: type | None = None) -> F | Callable[[F], F]:
    """Mark a method of a model as a rule, or a function as one on another class.

    Args:
        function: the method.
        on: what the function judges; a class with ``judged_from_outside``.
    """
    if function is not None:
        function.is_rule = True  # type: ignore[attr-defined]  # a mark on the function itself
        return function
    assert on is not None  # noqa: S101 - by the overloads
    return lambda outside: _add(on, outside)


def _add(judged: type, function: F) -> F:
    if not getattr(judged, "judged_from_outside", False):
        raise TypeError(
            f"{judged.__name__} must say judged_from_outside = True, or it passes without this rule"
        )
    _register(judged, function)
    return function


def register_methods(judged: type) -> None:
    """Register the methods of a new class that are marked as rules."""
    for function in tuple(vars(judged).values()):
        # Nothing else is asked: what pydantic builds when it is first used is built as soon as it is looked at.
        if isinstance(function, FunctionType) and getattr(function, "is_rule", False):
            _register(judged, function)


def _register(judged: type, function: Check) -> None:
    place = function.__module__.removeprefix("estate.model.").removeprefix("estate.rules.")
    name = function.__name__.strip("_").replace("_", "-")
    description = (function.__doc__ or "").partition("\n")[0]
    _Registry.rules.setdefault(judged, []).append(Rule(f"{place}.{name}", judged, description, function))


def all_loaded() -> None:
    """Say that every rule is registered; whatever is judged from outside may be judged from now on."""
    _Registry.complete = True


def rules() -> Mapping[str, Rule]:
    """Every rule that is registered, by id, sorted."""
    found = [one for of_class in _Registry.rules.values() for one in of_class]
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


def broken_rules(judged: object) -> list[Violation]:
    """Run every rule on an object in order of definition, those of base classes first.

    Raises:
        RulesMissing: it has rules outside of its class, and they are not loaded.
    """
    class_ = type(judged)
    if getattr(class_, "judged_from_outside", False) and not _Registry.complete:
        raise RulesMissing(
            f"{class_.__name__} is judged by rules that are not loaded; import estate.rules first"
        )
    return [
        violation
        for owner in reversed(class_.__mro__)
        for one in _Registry.rules.get(owner, ())
        for violation in one.check(judged)
    ]
