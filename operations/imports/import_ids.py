"""Ids by which objects are imported, computed from what a stack says of them.

For every type that the stacks make, import_ids.json beside this module says the form that the provider's documentation
names under Import, on the day that the file says; a test holds that none is missing. In a form, ``{name}`` is what the
resource says, ``{cluster>name}`` what the thing says that it refers to, and ``{found}`` what a command finds that only
reads: ids that a cloud makes up follow from nothing that is synthesized. Of these the file says as well what a cloud
answers to a second one, or that it makes one: there the name is all that tells them apart.
"""

from __future__ import annotations

import functools
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from operations.artifacts.stack_json import StackJson

Ask = Callable[[Sequence[str]], str]
"""Runs a command and returns what it prints.

Raises:
    OSError: it cannot be run, or it failed.
"""

_PART: Final = re.compile(r"\{([a-zA-Z_.>]+)\}")
_REFERENCE: Final = re.compile(r"\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][-\w]*)\.([^}]+)\}")
_FOUND: Final = "found"
_OF_PROVIDER: Final = ("project", "region")


class IdUnknown(Exception):  # noqa: N818 - reads as the sentence it is
    """An id that does not follow.

    Attributes:
        command: what finds it, "" when nothing does.
        is_absent: whether that was run and found nothing.
    """

    def __init__(self, why: str, command: str = "", *, is_absent: bool = False) -> None:
        self.command = command
        self.is_absent = is_absent
        super().__init__(why)


@functools.cache
def known_types() -> Mapping[str, Mapping[str, Any]]:
    """What is known of each type of resource."""
    types: Mapping[str, Mapping[str, Any]] = json.loads(
        Path(__file__).with_suffix(".json").read_text("utf-8")
    )["types"]
    return types


class ImportIds:
    """The ids of a stack's resources.

    Args:
        stack: the synthesized stack.
        ask: runs the commands that find what does not follow; they are told instead when absent.
    """

    def __init__(self, stack: StackJson, ask: Ask | None = None) -> None:
        self._stack = stack
        self._ask = ask
        self._known: dict[str, str] = {}

    def is_looked_up(self, address: str) -> bool:
        """Whether only a command finds the id of this object itself."""
        return "find" in _row(address)

    def is_made_twice(self, address: str) -> bool:
        """Whether an apply that does not know of this object makes a second one, and nothing refuses it."""
        return bool(_row(address).get("twice"))

    def of(self, address: str) -> str:
        """The id of one resource.

        Raises:
            IdUnknown: it does not follow, and was not found.
        """
        if address not in self._known:
            row = _row(address)
            if "id" not in row:
                raise IdUnknown(str(row["instead"]))
            self._known[address] = " ".join(
                (self._filled(row["id"], address), *_condition(_body(self._stack, address)))
            )
        return self._known[address]

    def _filled(self, form: str, address: str) -> str:
        filled = _PART.sub(lambda part: self._part(part[1], address), form)
        return filled.replace("{{", "{").replace("}}", "}")

    def _part(self, part: str, address: str) -> str:
        if part == _FOUND:
            return self._look_up(address)
        first, *steps = part.split(">")
        value = self._said(address, first)
        for step in steps:
            reference = _REFERENCE.fullmatch(str(value))
            if not reference:
                break
            value = self._said(reference[1], step)
        return self._literal(value, address)

    def _literal(self, value: Any, address: str) -> str:
        text = _REFERENCE.sub(lambda of: self._literal(self._said(of[1], of[2]), of[1]), str(value))
        if "${" in text:
            raise IdUnknown(f"{address} says {text}, which only Terraform evaluates")
        return text

    def _said(self, address: str, attribute: str) -> Any:
        """What a resource says of an attribute, perhaps by a reference."""
        value: Any = _body(self._stack, address)
        for key in attribute.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is not None:
            return value
        row = known_types().get(address.partition(".")[0], {})
        if attribute in row.get("also", {}):
            return self._filled(row["also"][attribute], address)
        if attribute in {"id", *row.get("same", ())}:
            return self.of(address)
        for provider in self._stack.get("provider", {}).get(address.partition("_")[0], ()):
            if attribute in _OF_PROVIDER and attribute in provider:
                return provider[attribute]
        raise IdUnknown(f"{address} says no {attribute}")

    def _look_up(self, address: str) -> str:
        row = _row(address)
        words = [self._filled(word, address) for word in shlex.split(row["find"])]
        command = shlex.join(words)
        if self._ask is None:
            raise IdUnknown(f"the id of {address} is made up by the cloud", command)
        try:
            found = [word for word in self._ask(words).split() if word != "None"]
        except OSError as error:
            raise IdUnknown(f"{address} could not be asked for ({error})", command) from None
        if len(found) != 1:
            what = (
                f"of {address} several are there ({', '.join(found)})" if found else f"no {address} is there"
            )
            raise IdUnknown(what, command, is_absent=not found)
        return found[0].rpartition(row["last"])[2] if "last" in row else found[0]


def _condition(body: Mapping[str, Any]) -> Iterator[str]:
    """The title of the condition of a grant: it is another one than the same without.

    google/tpgiamresource/resource_iam_member.go in the source of the provider 7.45.0 (read 2026-11-30).
    """
    condition = body.get("condition")
    if isinstance(condition, dict) and "title" in condition:
        yield condition["title"]


def _row(address: str) -> Mapping[str, Any]:
    type_ = address.partition(".")[0]
    return known_types().get(type_, {"instead": f"nobody has said how {type_} is imported"})


def _body(stack: StackJson, address: str) -> Mapping[str, Any]:
    type_, _, name = address.removeprefix("data.").partition(".")
    kind = "data" if address.startswith("data.") else "resource"
    found: Mapping[str, Any] = stack.get(kind, {}).get(type_, {}).get(name, {})
    return found
