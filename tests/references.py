"""What synthesized stacks refer to and do not make, found by looking at every string that stands in them.

Nothing here knows an attribute by name. A string counts as a reference in one of two ways: it has the form of an identity
(an address, an ARN, the path of a project's object, an account), or the environment's own files say it, word for word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final

import yaml

from operations.project import ROOT

_IDENTITIES: Final = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"arn:aws[-a-z]*:[^\s\"',{}\[\]$]+"),
    re.compile(r"projects/[-\w]+(?:/[-\w]+)*"),
    re.compile(r"(?<![\d.-])\d{12}(?![\d.])"),
)
_NO_NAME: Final = re.compile(r"(true|false|[\d.]+|\d{4}-\d\d-\d\d|[\d.]+-[\d.]+|[\d:]+)", re.IGNORECASE)
_FIELDS: Final = frozenset(
    re.findall(
        r'"(\w+)": \{', "".join(path.read_text("utf-8") for path in (ROOT / "estate/schema").glob("*.json"))
    )
)
"""What keys the files have by themselves."""
_MADE_BY: Final = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True)
class Reference:
    """Something that a stack names.

    Attributes:
        where: kind of block, type and attribute, as `resource.aws_kms_key.policy`.
        value: what it names.
    """

    where: str
    value: str


def references(stacks: Iterable[Mapping[str, Any]], said: frozenset[str]) -> set[Reference]:
    """Everything that the stacks of an environment name.

    Args:
        stacks: their JSON.
        said: every string that the environment's files hold.
    """
    found = set()
    for where, text in _strings(stacks):
        plain = _MADE_BY.sub(" ", text)
        found |= {Reference(where, one) for form in _IDENTITIES for one in form.findall(plain)}
        if text in said and not _is_no_name(text):
            found.add(Reference(where, text))
    return found


def made(stacks: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Every plain string by which a resource of the stacks names itself: those of its own top level."""
    bodies = [
        body
        for stack in stacks
        for resources in stack.get("resource", {}).values()
        for body in resources.values()
    ]
    names = ("name", "path", "account_id", "id", "bucket")
    return frozenset(
        value
        for body in bodies
        for key, value in body.items()
        if isinstance(value, str)
        and (key in names or key.endswith(("_id", "_name")))
        and "project" not in key
    )


def said_in(*files: Path) -> frozenset[str]:
    """Every string in YAML files, and keys of maps that a person chose."""
    return frozenset(one for file in files for one in _leaves(yaml.safe_load(file.read_text("utf-8"))))


def variables(stacks: Iterable[Mapping[str, Any]]) -> set[str]:
    """The stacks' variables, by name."""
    return {name for stack in stacks for name in stack.get("variable", {})}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (*([] if key in _FIELDS else _leaves(key)), *_leaves(one))
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield str(value)


def _strings(stacks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for stack in stacks:
        for block in ("resource", "data"):
            for type_, bodies in stack.get(block, {}).items():
                for body in bodies.values():
                    yield from _inside(body, f"{block}.{type_}")
        for block in ("provider", "terraform"):
            yield from _inside(stack.get(block, {}), block)


def _inside(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string, those of documents in strings by themselves."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in {"//", "depends_on", "lifecycle"}:
                yield from _inside(one, f"{where}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one, where)
    elif isinstance(value, str):
        document = _document(value)
        if document is None:
            yield where, value
        else:
            yield from _inside(document, where)


def _document(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_no_name(text: str) -> bool:
    """A number, a day, a time, an address or a range of them."""
    if _NO_NAME.fullmatch(text):
        return True
    try:
        ip_network(text)
    except ValueError:
        return False
    return True
