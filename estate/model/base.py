"""The base of every configuration model, and the value types that several of them share.

Integers and booleans are strict: a quoted ``"3"`` is not a number and ``yes`` is not ``true``. What
YAML turned into something else than was written is reported by the loader as "quote it".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from estate.model.addresses import OCTETS, form_schema, parse_network
from estate.model.rules import RulesBroken, broken_rules, register_methods
from estate.model.words import Words

_CIDR = rf"{OCTETS}/[0-9]{{1,2}}"


class Model(BaseModel):
    """Base of every configuration model: frozen, no unknown keys.

    What stands below a field describes it; see `estate.model.descriptions`.
    """

    # What checks a model is built when it is first asked for: an environment's has those of all that may stand in it, and
    # theirs alone are asked of only in tests. Built with each class, it is half of what reading an estate takes.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)

    @classmethod
    def unsaid(cls) -> Self:
        """Make what holds where a file says nothing of it, for the default of a field, as its own class would.

        Without asking what checks it, which would be built for that alone as soon as the class is made.
        """
        return cls.model_construct()  # type: ignore[return-value]  # by pydantic's plugin it gives a Model

    refused: ClassVar[Mapping[str, str]] = {}
    """Keys that people know from elsewhere and that cannot be here, each with the reason and what to do."""

    judged_from_outside: ClassVar[bool] = False
    """Whether `estate.rules` has rules on the class; without them nothing of it is taken for valid."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register the rules that the class brings."""
        super().__pydantic_init_subclass__(**kwargs)
        register_methods(cls)

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        violations = broken_rules(self)
        if violations:
            raise RulesBroken(violations)
        return self


def _no_boolean(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


NO_BOOLEAN = BeforeValidator(_no_boolean)
"""Beside a Literal of numbers, which true would pass where 1 is one of them."""


def _network(value: Any) -> Any:
    if isinstance(value, IPv4Network):
        return value
    form = "an IPv4 range in CIDR form such as 10.0.0.0/16"
    if not isinstance(value, str) or not re.fullmatch(_CIDR, value):
        raise ValueError(f"must be {form}")
    return parse_network(value, form)


def cidr_schema(example: str, form: str = "an IPv4 range in CIDR form") -> WithJsonSchema:
    """What an editor knows of a range."""
    return form_schema(_CIDR, f"{form} such as {example}", example)


Cidr = Annotated[
    IPv4Network,
    BeforeValidator(_network),
    PlainSerializer(str, return_type=str),
    cidr_schema("10.0.0.0/16"),
]
"""An IPv4 range; the host part must be zero."""

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last"),
]
"""A key that a person chooses in a map: it becomes part of resource addresses and names."""

EnvironmentName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]{0,11}$"),
    Words("at most 12 lower-case letters and digits, a letter first"),
]
"""Short lower-case name of an environment; part of every physical name."""

LabelKey = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-_a-z0-9]{0,62}$"),
    Words("at most 63 lower-case letters, digits, hyphens and underscores, a letter first"),
]
"""A label's key, in the form that AWS tags and Google Cloud labels both take."""

LabelValue = Annotated[
    str,
    StringConstraints(pattern=r"^[-_a-z0-9]{0,63}$"),
    Words("at most 63 lower-case letters, digits, hyphens and underscores"),
]
"""A label's value, in the form that AWS tags and Google Cloud labels both take."""
