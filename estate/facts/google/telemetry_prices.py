"""What Google asks for telemetry that it charges by volume: list prices, with source and day in telemetry_prices.json beside this.

Left out: discounts by volume, and what is free each month.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


@functools.cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return data


def price(what: str) -> str:
    """The list price of logs or samples, in words."""
    entry = _data()["prices"][what]
    return f"{entry['dollars']} dollars per {entry['unit']}, list price of {_data()['read_on']}"
