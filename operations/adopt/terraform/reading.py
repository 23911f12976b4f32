"""States from files: raw ones of format 4 and what ``terraform show -json`` says of one, several at once.

Any modules, count and for_each. A state holds secrets: whatever is secret is dropped here, and what is kept is never
shown whole. Data sources are left out; deposed objects, and what stands in two states, are put aside with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from estate.reading.problems import InvalidInput, Problem
from operations.adopt.state_files import DEPOSED, Instance, document, instances, named
from operations.adopt.terraform.found import Aside, Found, FoundObject
from operations.adopt.terraform.inline import inline
from operations.adopt.terraform.secrecy import Paths, Step, without_secrets

HOW: Final = "make one with `terraform state pull`, or with `terraform show -json`, in the folder of the other Terraform"
"""How a state is had."""


def read_states(paths: Sequence[Path]) -> Found:
    """Read states; `-` is standard input.

    Raises:
        InvalidInput: files cannot be read or are no such states, all of them said; nothing of their content is shown.
    """
    problems: list[Problem] = []
    read = _Read()
    for path in dict.fromkeys(paths):
        try:
            _take(named(path), document(path, HOW), read)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return Found([*read.objects, *inline(read.objects)], read.aside)


@dataclass
class _Read:
    """What was read so far; every object once."""

    objects: list[FoundObject] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    _first: dict[tuple[str, str], FoundObject] = field(default_factory=dict)

    def add(self, found: FoundObject) -> None:
        id_ = found.text("id")
        first = self._first.setdefault((found.type, id_), found) if id_ else found
        if first is found:
            self.objects.append(found)
        else:
            self.leave(
                found.state, found.address, f"is the same object as {first}; one of the two has to let it go"
            )

    def leave(self, state: str, address: str, why: str) -> None:
        self.aside.append(Aside(state, address, why))


def _take(name: str, state: Mapping[str, Any], read: _Read) -> None:
    if "planned_values" in state or "resource_changes" in state:
        message = f"is a plan, which says what would be; {HOW}"
        raise InvalidInput.of_file(name, message)
    try:
        if "format_version" in state:
            _take_module(name, (state.get("values") or {}).get("root_module") or {}, read)
            return
        for found in instances(name, state, HOW):
            _take_instance(name, found, read)
    except (AttributeError, KeyError, TypeError):
        raise InvalidInput.of_file(name, f"is not a whole Terraform state; {HOW}") from None


def _take_instance(name: str, found: Instance, read: _Read) -> None:
    """Take an object of a state of format 4."""
    if found.unreadable:
        read.leave(name, found.address, found.unreadable)
        return
    marked = frozenset(map(_steps, found.sensitive))
    _add(name, found.address, found.type, found.attributes, marked, read, is_tainted=found.is_tainted)


def _take_module(name: str, module: Mapping[str, Any], read: _Read) -> None:
    """Take what ``terraform show -json`` says of a module and those in it."""
    for resource in module.get("resources") or ():
        if resource["mode"] != "managed":
            continue
        if "deposed_key" in resource:
            read.leave(name, resource["address"], DEPOSED)
            continue
        values = resource.get("values") or {}
        marked = frozenset(_masked(resource.get("sensitive_values"), ()))
        is_tainted = bool(resource.get("tainted"))
        _add(name, resource["address"], resource["type"], values, marked, read, is_tainted=is_tainted)
    for below in module.get("child_modules") or ():
        _take_module(name, below, read)


_TAINTED: Final = (
    "is tainted: its Terraform means to make it anew; untaint it there, or let it be made anew first"
)


def _add(
    state: str,
    address: str,
    type_: str,
    attributes: Mapping[str, Any],
    marked: Paths,
    read: _Read,
    *,
    is_tainted: bool,
) -> None:
    if is_tainted:
        read.leave(state, address, _TAINTED)
        return
    kept, hidden = without_secrets(attributes, marked)
    read.add(FoundObject(state, address, type_, kept, hidden))


def _steps(path: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """A path of ``sensitive_attributes``: names of attributes, and keys and positions, which have a type beside them."""
    values = (step["value"] for step in path)
    return tuple(value["value"] if isinstance(value, dict) else value for value in values)


def _masked(mask: Any, at: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The paths that ``sensitive_values`` marks."""
    if mask is True:
        yield at
    below = mask.items() if isinstance(mask, dict) else enumerate(mask) if isinstance(mask, list) else ()
    for key, one in below:
        yield from _masked(one, (*at, key))
