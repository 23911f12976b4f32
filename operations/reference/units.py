"""The unit of a key: what its description says it is in, what its name ends with, or what its pattern is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SAID = re.compile(r"\b(GiB|GB|MiB|MHz)\b")
_ENDINGS = {
    "addresses": "addresses",
    "days": "days",
    "years": "years",
    "hours": "hours",
    "minutes": "minutes",
    "seconds": "seconds",
    "percent": "percent",
    "cpus": "processors",
    "iops": "operations a second",
    "shares": "shares",
    "asn": "ASN",
    "port": "port",
    "ports": "ports",
    "machine": "ports",
    "node": "pods",
    "nodes": "nodes",
    "replicas": "nodes",
    "size": "nodes",
    "surge": "nodes",
    "unavailable": "nodes",
    "hosts": "hosts",
    "id": "VLAN",
}


def unit(key: str, field: Mapping[str, Any], about: str) -> str:
    """What the value of a key is counted in; "" for text and for numbers that are names."""
    parts = list(_parts(field))
    if any(str(part.get("pattern", "")).endswith("/[0-9]{1,2}$") for part in parts):
        return "CIDR"
    if not any(_counts(part) for part in parts):
        return ""
    said = _SAID.search(about)
    return said.group() if said else _ENDINGS.get(key.rpartition("_")[2], "")


def _counts(part: Mapping[str, Any]) -> bool:
    numbers = [one for one in part.get("enum", ()) if isinstance(one, int) and not isinstance(one, bool)]
    return part.get("type") in ("integer", "number") or bool(numbers)


def _parts(field: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A field's schema, and those of what it holds, as far as they stand in it."""
    yield field
    below = [*field.get("anyOf", ()), field.get("items"), field.get("additionalProperties")]
    for one in below:
        if isinstance(one, dict):
            yield from _parts(one)
