"""What a scalar of the wrong kind was meant to be: `1.30` the text "1.30", `"7"` the number 7.

A person who is told to quote a value quotes it, and is then told what the rules have against it. So that both is
said at once, the rest of the file is judged as if the value were written as it has to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import getitem
from typing import Annotated, Any, NamedTuple

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from estate.reading.declared import Declared, Place
from estate.reading.pruning import ABSENT
from estate.reading.yaml_scalars import Surprise, resolve

_KIND = ("_type", "_parsing", "_from_float")
"""How errors end that say no more than what kind of value is wanted."""


class Intended(NamedTuple):
    """What one writes instead.

    Attributes:
        value: what stands there once it is of the right kind; ABSENT when no value of that kind would do.
        error: what is wrong with the value of the right kind, where it is not its kind again.
    """

    value: Any
    error: ErrorDetails | None = None


def intended(place: Place, value: Any, written: str) -> Intended:
    """Try what a scalar may have been meant to be against what is declared where it stands.

    Args:
        place: where, in the model.
        value: what was read.
        written: the scalar as it stands in the file.
    """
    wrong: ErrorDetails | None = None
    declarations = [one for one in place.declared if not hasattr(one.type, "model_fields")]
    for candidate in _candidates(value, written):
        for declared in declarations:
            error = error_of(declared, candidate)
            if error is None:
                return Intended(candidate)
            if wrong is None and not error["type"].endswith(_KIND):
                wrong = error
    return Intended(ABSENT, wrong)


def _candidates(value: Any, written: str) -> Iterator[Any]:
    """The other ways in which a scalar can be read; none for what is no scalar, or stands for nothing."""
    if isinstance(value, Surprise):
        yield value.written
        yield from () if value.plain is None else (resolve(value.plain),)
    elif isinstance(value, str):
        plain = resolve(value)
        yield from () if isinstance(plain, str | Surprise | None) else (plain,)
    elif isinstance(value, bool | int | float):
        yield written


def error_of(declared: Declared, candidate: Any) -> ErrorDetails | None:
    """What one of the types that may stand at a place has against a value; None when it takes it."""
    # How a union chooses says nothing of one of its members.
    beside = (one for one in declared.metadata if not isinstance(one, Discriminator | Tag))
    whole: Any = getitem(Annotated, (declared.type, *beside, None))
    try:
        TypeAdapter(whole).validate_python(candidate)
    except ValidationError as invalid:
        return invalid.errors(include_url=False)[0]
    return None
