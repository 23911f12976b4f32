"""Which attributes a provider replaces an object for, asked of the provider's own source.

``python -m tests.providers.changes DAY google=FOLDER vsphere=FOLDER`` writes ``estate/facts/changes.json`` anew, read on
that day. A folder holds the source of the version that the stacks name, and Go has to be there. What a provider decides
value by value (``ForceNewIf`` and the like) is read out of the text. Only types and attributes are kept that the example sets.

Left out: AWS, whose source is too large to compile on the way, and so helm, of which there is one resource: of an
attribute that is not here nothing is said.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from operations.project import ROOT
from tests.example import ENVIRONMENTS
from tests.providers.source import asked

FILE = ROOT / "estate" / "facts" / "changes.json"
REACHED = ROOT / "operations" / "reference" / "reached.json"

_REFUSING = "google_gkeonprem_"
"""Of these the API refuses much that the provider would send, and says so nowhere in the provider."""
_BY_VALUE = re.compile(r'ForceNew(?:If|IfChange)?\(\s*("?)([\w.]+)\1')


def by_value(folder: Path, type_: str) -> set[str]:
    """Attributes of a resource that replace it for some values; "*" where the text does not say which."""
    file = f"resource_{type_.partition('_')[2]}.go" if type_.startswith("google_") else f"resource_{type_}.go"
    texts = [path.read_text("utf-8") for path in folder.rglob(file)]
    found = [match for text in texts for match in _BY_VALUE.findall(text)]
    return {re.sub(r"\.\d+\b", "", name) if quote else "*" for quote, name in found}


def attributes() -> dict[str, set[str]]:
    """What is set in the example, or reached by a change of it, by type."""
    found: dict[str, set[str]] = {}
    for path in (ENVIRONMENTS / "snapshots").glob("*.tf.json"):
        for type_, some in json.loads(path.read_text("utf-8")).get("resource", {}).items():
            for body in some.values():
                found.setdefault(type_, set()).update(_paths(body, ""))
    for keys in json.loads(REACHED.read_text("utf-8")).values():
        for place in (place for reached in keys.values() for place in reached if place[0] not in "+-"):
            type_, _, attribute = place.partition(".")
            found.setdefault(type_, set()).update({attribute} if attribute else ())
    return found


def _paths(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            path = f"{at}.{key}" if at else key
            yield path
            yield from _paths(one, path)
    for one in value if isinstance(value, list) else ():
        yield from _paths(one, at)


def facts(folders: Mapping[str, Path], read: str) -> dict[str, Any]:
    """What the file holds."""
    pinned: dict[str, str] = {}
    for path in (ENVIRONMENTS / "snapshots").glob("*.tf.json"):
        providers = json.loads(path.read_text("utf-8"))["terraform"]["required_providers"]
        pinned |= {name: one["version"] for name, one in providers.items() if name in folders}
    types: dict[str, dict[str, str]] = {}
    used = attributes()
    for provider, folder in folders.items():
        table = asked(provider, folder)
        for type_ in sorted(used.keys() & table.keys()):
            some = by_value(folder, type_)
            else_ = "sent" if type_.startswith(_REFUSING) else "in place"
            types[type_] = {
                path: "by value"
                if {path, "*"} & some
                else "replaces"
                if table[type_][path]["replaces"]
                else else_
                for path in sorted(used[type_] & table[type_].keys())
            }
    return {"read": read, "providers": dict(sorted(pinned.items())), "types": types}


if __name__ == "__main__":
    given = dict(one.split("=", 1) for one in sys.argv[2:])
    found = facts({name: Path(folder) for name, folder in given.items()}, sys.argv[1])
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8", newline="\n")
