"""Refuses a plain dict where a binding declares a struct, before CDKTF loses what is in it.

jsii hands a dict to JavaScript with its keys as they are, and JavaScript reads ``fromPort``, not
``from_port``: ``ingress=[{"from_port": 22}]`` becomes ``[{}]`` without an error, and type checkers
accept it (https://github.com/hashicorp/terraform-cdk/issues/3631). A dict that stands by itself
where one struct is declared is safe, because Python turns it into the struct and checks its keys;
one in a list, or where several structs are possible, is not.

Whether a dict is meant as a struct is read from the annotations of the binding, so whatever is
declared as a map (tags) or as any value (overrides, outputs, arguments of functions) stays free.
Left out: what Python code returns to a callback from JavaScript.
"""

from __future__ import annotations

import collections.abc
import functools
import inspect
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import jsii

_Function = Callable[..., Any]


@functools.cache
def install() -> None:
    """Check every construct, property and method call from here on; a second call changes nothing.

    The calls then raise TypeError, which names the class, the argument and the struct to use.
    """
    create, set_, invoke, sinvoke = jsii.create, jsii.set, jsii.invoke, jsii.sinvoke

    def checked_create(klass: Any, obj: Any, args: list[Any] | None = None) -> Any:
        _check_arguments(args, klass.__name__, _constructor(klass))
        return create(klass, obj, args)

    def checked_set(obj: Any, property: str, value: Any) -> None:  # noqa: A002 - jsii's name
        if _holds_values(value):
            klass: Any = type(obj)
            setter = _setter(klass, property)
            _check(value, _parameter(setter, 0)[1], f"{klass.__name__}.{setter.__name__}")
        set_(obj, property, value)

    def checked_invoke(obj: Any, method: str, args: list[Any] | None = None) -> Any:
        klass: Any = type(obj)
        called = _method(klass, method)
        _check_arguments(args, f"{klass.__name__}.{called.__name__}", called)
        return invoke(obj, method, args)

    def checked_sinvoke(klass: Any, method: str, args: list[Any] | None = None) -> Any:
        called = _method(klass, method)
        _check_arguments(args, f"{klass.__name__}.{called.__name__}", called)
        return sinvoke(klass, method, args)

    jsii.create, jsii.set = checked_create, checked_set
    jsii.invoke, jsii.sinvoke = checked_invoke, checked_sinvoke


def _check_arguments(args: Iterable[Any] | None, where: str, called: _Function) -> None:
    for position, value in enumerate(args or ()):
        if _is_struct(value):
            # The keyword arguments of the call, which jsii gathers in a struct.
            _check_struct(value, where)
        elif _holds_values(value):
            name, declared = _parameter(called, position)
            _check(value, declared, f"{where}.{name}")


def _check_struct(struct: Any, where: str) -> None:
    for name, value in struct._values.items():  # noqa: SLF001 - what generated structs keep
        if _holds_values(value):
            _check(value, _hints(type(struct).__init__).get(name, Any), f"{where}.{name}")


def _check(value: Any, declared: Any, where: str) -> None:
    if isinstance(value, dict):
        structs, _, entry = _alternatives(declared)
        if structs:
            _refuse(value, structs, where)
        for key, item in value.items():
            _check(item, entry, f"{where}[{key!r}]")
    elif isinstance(value, list | tuple):
        _, element, _ = _alternatives(declared)
        for index, item in enumerate(value):
            _check(item, element, f"{where}[{index}]")
    elif _is_struct(value):
        _check_struct(value, where)


def _refuse(value: dict[Any, Any], structs: tuple[type, ...], where: str) -> NoReturn:
    names = " or ".join(struct.__name__ for struct in structs)
    arguments = ", ".join(f"{key}=..." for key in value)
    remedy = f"{names}({arguments})" if len(structs) == 1 else "one of these classes"
    raise TypeError(
        f"{where} must be {names}, got a plain dict, whose keys CDKTF would drop silently; use {remedy}"
    )


@functools.cache
def _alternatives(declared: Any) -> tuple[tuple[type, ...], Any, Any]:
    """What a declared type allows: structs, the type of a list's elements, that of a map's values."""
    structs: list[type] = []
    elements: list[Any] = []
    entries: list[Any] = []
    is_union = typing.get_origin(declared) is typing.Union
    for member in typing.get_args(declared) if is_union else (declared,):
        origin, arguments = typing.get_origin(member), typing.get_args(member)
        if _is_struct_type(member):
            structs.append(member)
        elif origin in {list, collections.abc.Sequence}:
            elements.append(arguments[0])
        # Not dict: that is how a binding says that a struct may be given as one.
        elif origin is collections.abc.Mapping:
            entries.append(arguments[1])
    return tuple(structs), _union(elements), _union(entries)


def _union(types: list[Any]) -> Any:
    return typing.Union[tuple(types)] if types else Any  # noqa: UP007 - made of values


def _holds_values(value: Any) -> bool:
    return isinstance(value, dict | list | tuple) or _is_struct(value)


def _is_struct(value: Any) -> bool:
    return _is_struct_type(type(value))


def _is_struct_type(type_: Any) -> bool:
    return isinstance(type_, type) and hasattr(type_, "__jsii_name_mapping__")


@functools.cache
def _hints(function: Any) -> dict[str, Any]:
    return typing.get_type_hints(function)


def _parameter(called: _Function, position: int) -> tuple[str, Any]:
    """Name and declared type of a positional argument, the receiver not counted."""
    names = list(inspect.signature(called).parameters)[1:]
    name = names[position] if position < len(names) else str(position)
    return name, _hints(called).get(name, Any)


@functools.cache
def _constructor(klass: Any) -> _Function:
    """The binding's own constructor, whatever a subclass made of it."""
    binding = next(base for base in klass.__mro__ if vars(base).get("__jsii_declared_type__"))
    constructor: _Function = binding.__init__
    return constructor


@functools.cache
def _method(klass: Any, jsii_name: str) -> _Function:
    named = (member for member in _members_of(klass) if getattr(member, "__jsii_name__", None) == jsii_name)
    member = next(named, _unknown)
    method: _Function = getattr(member, "__func__", member)
    return method


@functools.cache
def _setter(klass: Any, jsii_name: str) -> _Function:
    properties = (member for member in _members_of(klass) if isinstance(member, property))
    named = (p for p in properties if p.fset and getattr(p.fget, "__jsii_name__", None) == jsii_name)
    setter: _Function = next((p.fset for p in named), None) or _unknown
    return setter


def _members_of(klass: Any) -> Iterator[Any]:
    for base in klass.__mro__:
        yield from vars(base).values()


def _unknown(_receiver: object, *_values: Any) -> None:
    """Stands for a member that no binding declares, which jsii refuses in its own words."""
