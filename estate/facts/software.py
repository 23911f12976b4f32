"""Which version of others' software clusters get, and where it comes from.

It stands in software.yaml beside this module, each entry with its source and the day on which that was read; a new version
is said there and nowhere else.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml


class Kind(StrEnum):
    """In which form it is published."""

    CHART = "chart"
    MANIFEST = "manifest"


@dataclass(frozen=True)
class MadeAnew:
    """Objects of a chart that differ each time that it is rendered.

    Attributes:
        group: their API group.
        kind: their kind.
        name: the object's name; empty for all of the kind.
        paths: jq expressions of what differs in them.
    """

    group: str
    kind: str
    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """One version of one piece of software.

    Attributes:
        name: what it is called here.
        version: the exact version, of the chart or the release.
        kind: its form.
        repository: URL of the chart's repository; empty for a manifest.
        chart: the chart's name there; empty for a manifest.
        url: URL of the chart's archive, or of the release's file.
        sha256: the checksum of what is there; empty where nobody could read it.
        namespace: namespace that it runs in.
        crds: custom resources that it brings and that other parts wait for.
        images: further images that it runs with, by what they are.
        tags: the image's tag by the minor version of Kubernetes, where it goes by that.
        supports: minor versions of Kubernetes that its vendor names; empty where it names none.
        made_anew: what differs each time that it is rendered.
        runs: whether it has a Deployment of the release's name, and not definitions alone.
        source: page that the version and what it supports were read on.
        read: the day of reading, ISO 8601.
    """

    name: str
    version: str
    kind: Kind
    repository: str
    chart: str
    url: str
    sha256: str
    namespace: str
    crds: tuple[str, ...]
    images: Mapping[str, str]
    tags: Mapping[str, str]
    supports: tuple[str, ...]
    made_anew: tuple[MadeAnew, ...]
    source: str
    read: str
    runs: bool = True

    def runs_on(self, minor: str) -> bool:
        """Whether its vendor says nothing against a minor version of Kubernetes."""
        return not self.supports or minor in self.supports


@functools.cache
def packages() -> Mapping[str, Package]:
    """Every piece of software by name, as the data file has it."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe, the former in C
    return {name: _package(name, entry) for name, entry in entries.items()}


def _package(name: str, entry: Mapping[str, Any]) -> Package:
    tags = entry.get("tags", {})
    return Package(
        name=name,
        version=str(entry["version"]),
        kind=Kind(entry["kind"]),
        repository=entry.get("repository", ""),
        chart=entry.get("chart", ""),
        url=entry["url"],
        sha256=entry["sha256"],
        namespace=entry["namespace"],
        crds=tuple(entry["crds"]),
        images=entry.get("images", {}),
        tags=tags,
        supports=tuple(entry.get("supports", tags)),
        made_anew=tuple(
            MadeAnew(one["group"], one["kind"], one.get("name", ""), tuple(one["paths"]))
            for one in entry.get("made_anew", ())
        ),
        source=entry["source"],
        read=str(entry["read"]),
        runs=entry.get("runs", True),
    )
