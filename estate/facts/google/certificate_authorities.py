"""What a certificate authority of Certificate Authority Service costs a month, by its pool's tier.

The numbers stand in certificate_authorities.json beside this module, with where and when they were read. Certificates are
charged beside it: a mesh asks for one a cluster each time that its intermediate is renewed.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class AuthorityPrices:
    """Prices as somebody wrote them down.

    Attributes:
        source: where they were read.
        updated: of which day that is, ISO 8601.
        page: the vendor's page, which nobody here could read.
        monthly_usd: US dollars a month for each authority, by tier.
    """

    source: str
    updated: str
    page: str
    monthly_usd: Mapping[str, int]

    @classmethod
    @functools.cache
    def known(cls) -> Self:
        """Read the data file."""
        data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
        return cls(data["source"], data["updated"], data["page"], data["monthly_usd"])

    def said(self, tier: str, roots: int) -> str:
        """What some roots of one tier cost, with where that is from."""
        each = self.monthly_usd[tier]
        return f"{roots * each} USD a month as of {self.updated} ({self.source}; today's: {self.page})"
