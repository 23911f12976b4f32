"""What the log of an apply says: which objects exist already, and which were begun and not told finished.

Read are what Terraform prints, with colours or without, its lines of JSON (``-json``), and what cdktf and ``hybrid
apply`` print of it. Left out: errors of any other kind, which are counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS: Final = r"([a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][-\w]*)"
# cdktf puts the construct's path behind an address, in parentheses.
_WITH: Final = re.compile(rf"\bwith {_ADDRESS}(?: \([^)]*\))?,")
_EVENT: Final = re.compile(rf"{_ADDRESS}(?: \([^)]*\))?: (Creating\.\.\.|Creation complete)")
_NAMED: Final = re.compile(rf"(?<![\w.]){_ADDRESS}(?: \([^)]*\))?: ")
_EXISTS: Final = re.compile(
    r"already[ _]?exist|already[ _]?owned|already[ _]?associated|\.Duplicate\b|Duplicate[A-Z]\w*Name|DuplicateName"
    r"|still in use|InvalidSubnet\.Conflict",
    re.IGNORECASE,
)
_ANOTHER_S: Final = re.compile(r"BucketAlreadyExists\b")
"""The name is taken by somebody else: there is nothing of one's own to import."""


@dataclass(frozen=True)
class Log:
    """What was read.

    Attributes:
        existing: addresses whose object exists already, in the order of the log.
        begun: addresses whose object was begun, and of which nothing was said afterwards.
        other_errors: number of errors of other kinds.
    """

    existing: tuple[str, ...]
    begun: tuple[str, ...]
    other_errors: int


def read_log(text: str) -> Log:
    """Read a log of one apply, or of several behind each other."""
    existing, begun, others = dict[str, None](), dict[str, None](), 0
    for event, address in _events(_COLOUR.sub("", text).splitlines()):
        if event == "begun":
            begun[address] = None
        else:
            begun.pop(address, None)
            if event == "exists":
                existing[address] = None
            others += event == "failed"
    return Log(tuple(existing), tuple(begun), others)


def _events(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What happened to which address; "" where an error names none."""
    block: list[str] = []
    for line in lines:
        told = _json(line)
        if told is not None:
            yield from _told(told)
            continue
        said, happened = line.lstrip("│╷╵| ").strip(), _EVENT.search(line)
        if block and (happened or said.startswith("Error: ") or line.lstrip().startswith("╵")):
            yield from _error("\n".join(block))
            block = []
        if happened:
            yield ("begun" if happened[2].startswith("Creating") else "made"), happened[1]
        elif said.startswith("Error: ") or (block and said):
            block.append(said)
        elif (named := _NAMED.search(line)) and _EXISTS.search(line):
            # As hybrid apply tells an error, in one line.
            yield _kind(line), named[1]
    if block:
        yield from _error("\n".join(block))


def _error(text: str) -> Iterator[tuple[str, str]]:
    address = _WITH.search(text) or _NAMED.search(text)
    yield (_kind(text) if address else "failed"), address[1] if address else ""


def _kind(text: str) -> str:
    return "exists" if _EXISTS.search(text) and not _ANOTHER_S.search(text) else "failed"


def _json(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if "@level" in told else None


def _told(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    diagnostic = told.get("diagnostic") or {}
    if diagnostic.get("severity") == "error":
        text = f"{diagnostic.get('summary')}\n{diagnostic.get('detail')}"
        address = diagnostic.get("address") or ""
        yield (_kind(text) if address else "failed"), address
    hook = told.get("hook") or {}
    if hook.get("action") == "create" and told.get("type") in {"apply_start", "apply_complete"}:
        yield ("begun" if told["type"] == "apply_start" else "made"), hook["resource"]["addr"]
