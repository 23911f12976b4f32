"""A small model with everything that a real one has, and a valid file for it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictBool, StrictFloat, StrictInt, StringConstraints, Tag

from estate.model.base import Cidr, Key, Model
from estate.model.rules import Violation, rule
from estate.model.words import Words
from estate.reading.loader import Validated, validate
from estate.reading.yaml_source import Source, read

Name = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}$"), Words("2 to 8 lower-case letters")]


class Size(StrEnum):
    """How large."""

    SMALL = "small"
    LARGE = "large"


class Made(Model):
    """A key of one's own."""

    days: Annotated[StrictInt, Field(ge=7, le=30)] = 30
    """Days until it is gone; 30 when absent."""
    note: Annotated[str, StringConstraints(min_length=1)] | None = None
    """What it is for; nothing when absent."""


class Existing(Model):
    """The id of a key."""

    id: Name
    """Id of the key."""


class Found(Model):
    """A key that exists."""

    existing: Existing
    """The key."""


def _kind(value: object) -> str:
    return (
        "<found>"
        if isinstance(value, Found) or (isinstance(value, dict) and "existing" in value)
        else "<made>"
    )


class NewDisk(Model):
    """A disk of one's own."""

    gib: StrictInt
    """Size."""


class OldDisk(Model):
    """A disk that exists."""

    existing: Name
    """Id of the disk."""


def _disk(value: object) -> str:
    old = isinstance(value, OldDisk) or (isinstance(value, dict) and "existing" in value)
    return "<old>" if old else "<new>"


Disk = Annotated[Annotated[NewDisk, Tag("<new>")] | Annotated[OldDisk, Tag("<old>")], Discriminator(_disk)]


class Pool(Model):
    """Machines of one kind."""

    size: Size
    """Size of each machine."""
    count: Annotated[StrictInt, Field(gt=0)] = 1
    """How many; 1 when absent."""
    addresses: Annotated[tuple[Name, ...], Field(min_length=2)] = ("aa", "bb")
    """Two addresses or more."""
    ratio: StrictFloat = 1.5
    """Share; 1.5 when absent."""
    disk: Disk | None = None
    """Where data lies; nowhere when absent."""

    @rule
    def _large_pools_are_few(self) -> Iterator[Violation]:
        if self.size is Size.LARGE and self.count > 3:
            yield Violation(("count",), f"must be at most 3 with size: large, got {self.count}; take fewer")

    @rule
    def _addresses_differ(self) -> Iterator[Violation]:
        for position, address in enumerate(self.addresses):
            if address in self.addresses[:position]:
                yield Violation(("addresses", position), f"stands here twice, got {address}; take another")

    @rule
    def _addresses_hold_bb(self) -> Iterator[Violation]:
        if "bb" not in self.addresses:
            yield Violation(("addresses",), "must name bb; add it")


class Section(Model):
    """One part."""

    region: Name
    """The place; another one replaces everything."""
    cidr: Cidr
    """Range of the part."""
    keys: dict[
        Key,
        Annotated[Annotated[Made, Tag("<made>")] | Annotated[Found, Tag("<found>")], Discriminator(_kind)],
    ] = {}
    """Keys by purpose."""
    pools: dict[Key, Pool] = {}
    """Pools by name."""
    uses: dict[Key, Key] = {}
    """Which pool uses which key."""
    password: Name | None = None
    """A secret."""

    @rule
    def _uses_need_pools(self) -> Iterator[Violation]:
        if self.uses and not self.pools:
            yield Violation(("pools",), "is needed with uses; add a pool", ("pools",))

    @rule
    def _uses_name_what_exists(self) -> Iterator[Violation]:
        for pool, key in self.uses.items():
            if pool not in self.pools:
                yield Violation(
                    ("uses", pool), f"names no pool, got {pool}; add it to pools", ("pools", pool)
                )
            if key not in self.keys:
                yield Violation(
                    ("uses", pool), f"must be one of keys, got {key}; add it to keys", ("keys", key)
                )


class Document(Model):
    """A whole file."""

    name: Name
    """Name of it all. It stays."""
    version: str | None = None
    """Version; the newest when absent."""
    protected: StrictBool = True
    """Whether it is protected; true when absent."""
    days: Literal[1, 7, 30] = 7
    """How long; 7 when absent."""
    labels: dict[Key, str] = {}
    """Labels."""
    section: Section | None = None
    """The part; none when absent."""
    spare: Section | None = None
    """Another part; none when absent."""

    @rule
    def _ranges_differ(self) -> Iterator[Violation]:
        if self.section and self.spare and self.section.cidr.overlaps(self.spare.cidr):
            yield Violation(
                ("spare", "cidr"), f"must not overlap section.cidr, got {self.spare.cidr}; take another"
            )


VALID: dict[str, Any] = {
    "name": "sample",
    "version": "1.30",
    "labels": {"team": "blue"},
    "section": {
        "region": "north",
        "cidr": "10.0.0.0/16",
        "keys": {"data": {"days": 7, "note": "etcd"}, "logs": {"existing": {"id": "theirs"}}},
        "pools": {
            "web": {"size": "small", "count": 9},
            "batch": {"size": "large", "addresses": ["aa", "bb", "cc"]},
        },
        "uses": {"web": "data", "batch": "logs"},
    },
    "spare": {"region": "south", "cidr": "10.1.0.0/16"},
}
"""A valid document; tests change copies of it."""


def source(folder: Path, text: str) -> Source:
    """Read ``text`` from a file that messages name f.yaml."""
    path = folder / "f.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, "f.yaml")


def check(folder: Path, text: str) -> Validated[Document]:
    """Validate ``text`` as a document."""
    return validate(source(folder, text), Document)


def messages(folder: Path, text: str) -> list[str]:
    """Return the rendered problems of ``text`` as a document."""
    return [str(problem) for problem in check(folder, text).problems]
