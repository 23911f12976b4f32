"""The names by which clusters on VMware and their workstation call Google, as Google lists them for proxies.

The list stands in hosts.json beside this module, with its page and the day of reading. Left out: what is asked of
registries, package archives and other hosts of one's own, and releases.hashicorp.com, which is for Terraform on the
workstation alone.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def hosts(region: str) -> tuple[str, ...]:
    """The names, in order, of clusters whose memberships are in a region."""
    data = _data()
    return tuple(sorted((*data["hosts"], data["by_region"].format(region=region))))


def service_of(host: str, region: str) -> str | None:
    """The name of the service behind a host; None for an endpoint that several stand behind."""
    endpoints: Mapping[str, str | None] = {
        name.format(region=region): service and f"{service}.googleapis.com"
        for name, service in _data()["endpoints_of"].items()
    }
    return endpoints.get(host, host)


@functools.cache
def _data() -> Any:
    return json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
