"""When and where constructs come to be, and what they are told: the rules of sections and constructs."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
from constructs import Construct

from tests.source import ROOT, classes
from tests.test_conventions import CONSTRUCTS, each

PACKAGES = ("constructs_lib", "stacks")
BUILT = [class_ for package in PACKAGES for class_ in classes(package)]
SECTIONS = classes("stacks/sections")
PROPERTY = {"property", "cached_property", "functools.cached_property"}

Function = ast.FunctionDef


def functions(tree: ast.AST) -> dict[str, Function]:
    """Every function and method below a node by its name."""
    return {node.name: node for node in ast.walk(tree) if isinstance(node, Function)}


def called(function: Function, known: dict[str, Function]) -> Iterator[str]:
    """Every name that a function calls, by way of functions of its own module too."""
    met, waiting = {function.name}, [function]
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                yield name
                if name in known and name not in met:
                    met.add(name)
                    waiting.append(known[name])


def building_properties(class_: type) -> list[str]:
    """Properties of a class that make a construct when they are read."""
    module = sys.modules[class_.__module__]
    known = functions(ast.parse(inspect.getsource(module)))
    [definition] = ast.parse(inspect.getsource(class_)).body
    return [
        name
        for name, function in functions(definition).items()
        if PROPERTY & {ast.unparse(decorator) for decorator in function.decorator_list}
        and any(makes(getattr(module, call, None)) for call in called(function, known))
    ]


def makes(value: object) -> bool:
    """Whether a call of it defines something."""
    return isinstance(value, type) and issubclass(value, Construct)


def set_outside_the_constructor(class_: type) -> list[str]:
    """Attributes that a method sets for another to read."""
    [definition] = ast.parse(inspect.getsource(class_)).body
    return [
        f"{name}: {ast.unparse(node)}"
        for name, function in functions(definition).items()
        if name != "__init__"
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    ]


@each(BUILT)
def test_nothing_is_built_by_reading_a_property(class_: type) -> None:
    """What is there must not depend on who looked first."""
    assert building_properties(class_) == []


@each(BUILT)
def test_attributes_are_set_where_the_object_is_made(class_: type) -> None:
    """A method returns what it makes, so that no other has to be called after it."""
    assert set_outside_the_constructor(class_) == []


class Hidden:
    """What the two rules above refuse."""

    def __init__(self, scope: Construct) -> None:
        self.scope = scope

    @property
    def direct(self) -> Construct:
        """Build."""
        return Construct(self.scope, "Direct")

    @property
    def indirect(self) -> Construct:
        """Build by way of others."""
        return self.method()

    @property
    def innocent(self) -> str:
        """Say something."""
        return str(self)

    def method(self) -> Construct:
        """Build, and keep it for others."""
        self.made = _build(self.scope)
        return self.made


def _build(scope: Construct) -> Construct:
    return Construct(scope, "Indirect")


def test_the_rules_see_what_they_refuse() -> None:
    """A property that builds is seen through methods and functions of its module."""
    assert building_properties(Hidden) == ["direct", "indirect"]
    assert set_outside_the_constructor(Hidden) == ["method: self.made"]


@each(SECTIONS)
def test_section_takes_the_context_and_its_part_of_the_file(class_: type) -> None:
    """Every section reads (self, context, *, config, ...), and is done when it is made."""
    parameters = inspect.signature(class_).parameters.values()
    public = [name for name in vars(class_) if not name.startswith("_")]

    assert class_.__name__.endswith("Section")
    assert [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY] == ["context"]
    assert "config" in {p.name for p in parameters}
    assert public == []


def test_every_section_has_a_module_of_its_own() -> None:
    """A file holds one section."""
    modules = [
        path.stem
        for path in sorted((ROOT / "stacks/sections").glob("*.py"))
        if path.name != "__init__.py" and import_module(f"stacks.sections.{path.stem}")
    ]

    assert sorted(class_.__module__.rpartition(".")[2] for class_ in SECTIONS) == modules


@pytest.mark.parametrize("class_", CONSTRUCTS, ids=lambda class_: class_.__name__)
def test_construct_is_told_its_name_in_one_way(class_: type[Construct]) -> None:
    """As ``name`` where the model makes it; by ``naming``, with ``key`` for one of several, where naming.py does."""
    told = {"name", "naming", "key"} & set(inspect.signature(class_.__init__).parameters)

    assert told in (set(), {"name"}, {"naming"}, {"naming", "key"})
