"""Which of Google's APIs the restricted address serves; the private one serves all of them.

The list stands in served.json beside this module, with its page, the day on which Google last changed it and the day
on which it was read. A name that is not in the list counts as not served, although the page does not promise to name
everything: nobody says that it is. Left out: which of them a perimeter protects.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_DOMAIN: Final = ".googleapis.com"


@dataclass(frozen=True)
class Served:
    """What the restricted address serves.

    Attributes:
        source: the page.
        updated: the day that the page gives for itself, ISO 8601.
        names: names of services below googleapis.com.
    """

    source: str
    updated: str
    names: frozenset[str]

    @classmethod
    @functools.cache
    def by_restricted(cls) -> Self:
        """Read the data file."""
        data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
        return cls(data["source"], data["updated"], frozenset(data["restricted"]))

    def lacks(self, host: str) -> bool:
        """Whether a name below googleapis.com is none of these; other domains are not asked here."""
        return host.endswith(_DOMAIN) and host.removesuffix(_DOMAIN) not in self.names
