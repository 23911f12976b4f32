"""What providers do when an attribute changes: another value in place, or another object.

It stands in changes.json beside this module, read out of the sources of the provider versions that the stacks name,
on the day that the file says; ``python -m tests.providers.changes`` writes it. Left out: AWS and helm, attributes that
the example does not set, and what an API refuses although its provider would send it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

UNKNOWN = "unknown"


@dataclass(frozen=True)
class ProviderChanges:
    """What is known.

    Attributes:
        read: the day of reading, ISO 8601.
        providers: version of each provider whose source was read.
        types: by type of resource and attribute, what a change of it does: "replaces", "in place", "by value" (one of
            the two), or "sent", where the API is known to refuse what the provider sends.
    """

    read: str
    providers: Mapping[str, str]
    types: Mapping[str, Mapping[str, str]]

    @classmethod
    @functools.cache
    def known(cls) -> Self:
        """Read the data file."""
        return cls(**json.loads(Path(__file__).with_name("changes.json").read_text("utf-8")))

    def of(self, type_: str, attribute: str) -> str:
        """What changing an attribute does, "unknown" where nobody has looked.

        A block that comes or goes takes its attributes with it, and one that replaces is enough.
        """
        attributes = self.types.get(type_, {})
        below = {said for path, said in attributes.items() if path.startswith(f"{attribute}.")}
        if "replaces" in below:
            return "replaces"
        while attribute and attribute not in attributes:
            attribute = attribute.rpartition(".")[0]
        return attributes.get(attribute, UNKNOWN)
