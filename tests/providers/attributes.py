"""What providers do with attributes that a file does not say, read out of their schemas and the text of their source.

``python -m tests.providers.attributes DAY google=FOLDER vsphere=FOLDER`` writes ``operations/adopt/terraform/attributes.json`` anew, read
on that day. A folder holds the source of the version that the stacks name. Which attributes there are, and which a
provider computes, its schemas say (``tests/providers/schemas``); which replace, have a default or a mind of their own about
what differs stands in the text, which gofmt lays out alike everywhere. What the text does not lead to counts as unknown.

Kept are the types that stacks make, and of an attribute what is no matter of course. Left out: AWS, whose source nobody
could have here, and so helm.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.facts.changes import ProviderChanges
from estate.facts.providers import default_version
from operations.imports.import_ids import known_types
from operations.project import ROOT
from tests.providers.changes import by_value
from tests.providers.holding import schema_file

FILE = ROOT / "operations" / "adopt" / "terraform" / "attributes.json"

_TEXT = re.compile(r"`[^`]*`")
_REGISTERED = re.compile(r'Name: +"(\w+)",(?:\s+\w+: +[^\n]+,)*?\s+Schema: +(\w+)\(')
_FUNCTION = re.compile(
    r"^func (\w+)\([^)]*\) (?:\*schema\.\w+|map\[string\]\*schema\.Schema) \{$", re.MULTILINE
)
_VARIABLE = re.compile(
    r"^var (\w+)(?: \*schema\.Resource)? = (?:map\[string\]\*schema\.Schema|&schema\.Resource)\{$",
    re.MULTILINE,
)
_ENTRY = re.compile(r'(\t+)"(\w+)": +(?:&schema\.Schema)?(?:\{|(\w+)\([^)]*\),)$')
_CALL = re.compile(r"(?:Elem|Schema): +(\w+)(?:\(.*\))?,$")
_MERGED = re.compile(r"\t+(\w+),$")
_DEFAULT = re.compile(r"Default: +(.+),$")
_IAM = ("role", "member", "condition", "condition.expression", "condition.title", "condition.description")
"""What a grant is, which the resource for grants says once for all types of them."""


@dataclass
class _Source:
    """The text of a package: bodies of functions that make schemas, by name."""

    bodies: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        for start in (*_FUNCTION.finditer(text), *_VARIABLE.finditer(text)):
            body = text[start.end() + 1 :]
            self.bodies[start[1]] = body[: body.index("\n}")].split("\n")


def _told(
    source: _Source, lines: list[str], at: str, seen: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The attributes of the outermost schema in some lines, with what is said of each, and those below them."""
    number, indent = 0, 0
    while number < len(lines):
        entry = _ENTRY.match(lines[number])
        number += 1
        if not entry or (indent and len(entry[1]) != indent):
            continue
        indent, path = len(entry[1]), f"{at}{entry[2]}"
        if entry[3]:
            body, own = source.bodies.get(entry[3], []), 2
            seen_below = (*seen, entry[3])
            if not body or entry[3] in seen:
                continue
        else:
            end = next(n for n in range(number, len(lines)) if lines[n] == "\t" * indent + "},")
            body, own, seen_below, number = lines[number:end], indent + 1, seen, end
        yield path, _flags([line for line in body if re.match(rf"\t{{{own}}}\S", line)])
        yield from _told(source, _below(source, body, own), f"{path}.", seen_below)


def _of_resource(source: _Source, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is told of a resource by its own schema, and by those that are merged into it."""
    body = source.bodies.get(name, [])
    # Before a resource's own schema stands that of its identity.
    start = next((n for n, line in enumerate(body, 1) if re.match(r"\t\tSchema: ", line)), len(body))
    for line in body[start:]:
        if (merged := _MERGED.match(line)) and merged[1] in source.bodies:
            yield from _told(source, source.bodies[merged[1]], "", (name,))
    yield from _told(source, body[start:], "", (name,))


def _below(source: _Source, body: list[str], own: int) -> list[str]:
    called = next(
        (found[1] for line in body if (found := _CALL.match(line.strip())) and found[1] in source.bodies),
        None,
    )
    return source.bodies[called] if called else [line for line in body if line.startswith("\t" * (own + 1))]


def _flags(lines: list[str]) -> dict[str, Any]:
    text = "\n".join(lines)
    flags: dict[str, Any] = {"change": "replaces"} if re.search(r"ForceNew: +true", text) else {}
    if re.search(r"Computed: +true", text):
        flags["computed"] = True
    if "DiffSuppressFunc:" in text or "StateFunc:" in text:
        flags["judged"] = True
    given = next((found[1] for line in lines if (found := _DEFAULT.match(line.strip()))), None)
    if given not in (None, "false", "0", '""'):
        try:
            flags["default"] = json.loads(given or "")
        except ValueError:
            flags["judged"] = True
    return flags


def _types(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """What the text says of every type that stacks make."""
    wanted, found = known_types(), {}
    for package in sorted({path.parent for path in folder.rglob("*.go")}):
        texts = [_TEXT.sub("``", path.read_text("utf-8")) for path in sorted(package.glob("*.go"))]
        registered = {
            type_: name for text in texts for type_, name in _REGISTERED.findall(text) if type_ in wanted
        }
        if registered:
            source = _Source()
            for text in texts:
                source.add(text)
            for type_, name in registered.items():
                found[type_] = dict(_of_resource(source, name))
    return found


def _paths(block: Mapping[str, Any], at: str) -> Iterator[tuple[str, bool]]:
    """Every attribute and block of a schema, and whether the provider fills it."""
    for name, one in block["attributes"].items():
        yield f"{at}{name}", bool(one.get("computed"))
    for name, below in block.get("blocks", {}).items():
        yield f"{at}{name}", False
        yield from _paths(below, f"{at}{name}.")


def facts(folders: Mapping[str, Path], read: str) -> dict[str, Any]:
    """What the file holds."""
    types: dict[str, dict[str, dict[str, Any]]] = {}
    for provider, folder in folders.items():
        schemas = json.loads(schema_file(provider, default_version(provider)).read_text("utf-8"))["resources"]
        told = _types(folder)
        for type_, schema in sorted(schemas.items()):
            some = by_value(folder, type_)
            paths = {
                path: fills for path, fills in _paths(schema, "") if path.partition(".")[0] != "timeouts"
            }
            rows = {
                path: _row(
                    type_, path, told.get(type_, {}), is_computed=computed, depends=bool({path, "*"} & some)
                )
                for path, computed in sorted(paths.items())
            }
            types[type_] = {path: row for path, row in rows.items() if row}
    versions = {name: default_version(name) for name in sorted(folders)}
    return {"read": read, "providers": versions, "types": types}


def _row(
    type_: str, path: str, told: Mapping[str, Mapping[str, Any]], *, is_computed: bool, depends: bool
) -> dict[str, Any]:
    """What of an attribute is no matter of course."""
    row: dict[str, Any] = {"computed": True} if is_computed else {}
    known = ProviderChanges.known().types.get(type_, {}).get(path)
    if type_.endswith("_iam_member") and (path in _IAM or not is_computed):
        return {**row, "change": "replaces", **told.get(path, {})}
    if path in told:
        row |= told[path]
    elif known is None and not is_computed:
        row["change"] = "by value"
    if known in {"replaces", "by value"} or depends:
        row["change"] = "by value" if depends else str(known)
    return row


if __name__ == "__main__":
    given = dict(one.split("=", 1) for one in sys.argv[2:])
    made = facts({name: Path(folder) for name, folder in given.items()}, sys.argv[1])
    lines = json.dumps(made, separators=(",", ":")).replace('},"', '},\n"')
    FILE.write_text(lines + "\n", encoding="utf-8", newline="\n")
