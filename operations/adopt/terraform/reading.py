"""States from files: raw ones of format 4 and what ``terraform show -json`` says of one, several at once.

Any modules, count and for_each. A state holds secrets: whatever is secret is dropped here, and what is kept is never
shown whole. Data sources are left out; deposed objects, and what stands in two states, are put aside with the reason.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.terraform.found import Aside, Found, FoundObject
from operations.adopt.terraform.inline import inline
from operations.adopt.terraform.secrecy import Paths, Step, without_secrets

HOW: Final = "make one with `terraform state pull`, or with `terraform show -json`, in the folder of the other Terraform"
"""How a state is had."""

_STATE_VERSION: Final = 4


def read_states(paths: Sequence[Path]) -> Found:
    """Read states; `-` is standard input.

    Raises:
        InvalidInput: files cannot be read or are no such states, all of them said; nothing of their content is shown.
    """
    problems: list[Problem] = []
    read = _Read()
    for path in dict.fromkeys(paths):
        name = "standard input" if str(path) == "-" else shown(path)
        try:
            _take(name, _json(path, name), read)
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


def _json(path: Path, name: str) -> Any:
    try:
        return json.loads(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        raise InvalidInput.of_file(
            name, f"cannot be read: {(error.strerror or str(error)).lower()}"
        ) from None
    except json.JSONDecodeError as error:
        raise InvalidInput([Problem(name, error.lineno, error.colno, "", f"is not JSON; {HOW}")]) from None
    except (UnicodeDecodeError, RecursionError):
        raise InvalidInput.of_file(name, f"is not JSON; {HOW}") from None


def _take(name: str, state: Any, read: _Read) -> None:
    if not isinstance(state, dict):
        raise InvalidInput.of_file(name, f"is not a Terraform state; {HOW}")
    if "encrypted_data" in state:
        raise InvalidInput.of_file(name, "is an encrypted state; give the output of `tofu state pull`")
    if "planned_values" in state or "resource_changes" in state:
        message = f"is a plan, which says what would be; {HOW}"
        raise InvalidInput.of_file(name, message)
    try:
        if "format_version" in state:
            root = (state.get("values") or {}).get("root_module") or {}
            _take_module(name, root, read)
            return
        _refuse_other_versions(name, state)
        for resource in state["resources"]:
            _take_resource(name, resource, read)
    except (AttributeError, KeyError, TypeError):
        raise InvalidInput.of_file(name, f"is not a whole Terraform state; {HOW}") from None


def _refuse_other_versions(name: str, state: Mapping[str, Any]) -> None:
    version = state.get("version")
    if isinstance(version, int) and version < _STATE_VERSION:
        message = (
            f"must be a state of version 4, got version {version}, from before Terraform 0.12; run "
            "`terraform apply -refresh-only` with a newer one"
        )
        raise InvalidInput.of_file(name, message)
    if version != _STATE_VERSION or not isinstance(state.get("resources"), list):
        raise InvalidInput.of_file(name, f"is not a Terraform state of version 4; {HOW}")


def _take_resource(name: str, resource: Mapping[str, Any], read: _Read) -> None:
    """Take what a state of format 4 says of a resource."""
    if resource["mode"] != "managed":
        return
    type_ = resource["type"]
    address = ".".join(filter(None, (resource.get("module"), type_, resource["name"])))
    for instance in resource["instances"]:
        index, attributes = instance.get("index_key"), instance.get("attributes")
        here = address if index is None else f"{address}[{json.dumps(index)}]"
        if "deposed" in instance:
            read.leave(name, here, _DEPOSED)
        elif not isinstance(attributes, dict):
            read.leave(name, here, "has no attributes in the form of Terraform 0.12 or later")
        else:
            marked = frozenset(map(_steps, instance.get("sensitive_attributes") or ()))
            _add(name, here, type_, attributes, marked, read, is_tainted=instance.get("status") == "tainted")


def _take_module(name: str, module: Mapping[str, Any], read: _Read) -> None:
    """Take what ``terraform show -json`` says of a module and those in it."""
    for resource in module.get("resources") or ():
        if resource["mode"] != "managed":
            continue
        if "deposed_key" in resource:
            read.leave(name, resource["address"], _DEPOSED)
            continue
        values = resource.get("values") or {}
        marked = frozenset(_masked(resource.get("sensitive_values"), ()))
        is_tainted = bool(resource.get("tainted"))
        _add(name, resource["address"], resource["type"], values, marked, read, is_tainted=is_tainted)
    for below in module.get("child_modules") or ():
        _take_module(name, below, read)


_DEPOSED: Final = "is deposed, waiting to be destroyed"
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
