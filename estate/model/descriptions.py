"""What stands below a model's fields in the source: what an editor shows, and errors quote.

pydantic reads it itself with `use_attribute_docstrings`, but at every start and for every model, which
is a fifth of what loading the model takes. Here it is read when somebody asks.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pydantic import BaseModel


@functools.cache
def descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the description of each described field, inherited ones too, by field name."""
    found: dict[str, str] = {}
    for class_ in reversed(model.__mro__):
        if issubclass(class_, BaseModel) and class_ is not BaseModel:
            found.update(_below_attributes(class_))
    return {name: text for name, text in found.items() if name in model.model_fields}


def _below_attributes(class_: type) -> Iterator[tuple[str, str]]:
    module = ast.parse(textwrap.dedent(inspect.getsource(class_)))
    (definition,) = module.body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - what getsource returns for a class
    for attribute, below in pairwise(definition.body):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as text)):
                yield name, inspect.cleandoc(text)
