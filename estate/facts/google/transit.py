"""Where Google Cloud transfers data between sites, as far as its pages say so of a region.

The list stands in transit.json beside this module, with what proves each region and the day on which it was read. It is
not whole: a region that is not in it may well do so, which Google answers itself (:data:`ASK`).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

ASK: Final = (
    'gcloud network-connectivity locations list --filter="metadata.locationFeatures=SITE_TO_SITE_SPOKES"'
)
"""What lists all of them:
https://docs.cloud.google.com/sdk/gcloud/reference/network-connectivity/locations/list, 2026-11-30."""


@dataclass(frozen=True)
class Transit:
    """Regions that are known to transfer data between sites.

    Attributes:
        source: the page that has them all.
        read: the day on which the others were read, ISO 8601.
        regions: what proves each, by its name.
    """

    source: str
    read: str
    regions: Mapping[str, str]

    @classmethod
    @functools.cache
    def between_sites(cls) -> Self:
        """Read the data file."""
        data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
        return cls(data["source"], data["read"], data["regions"])
