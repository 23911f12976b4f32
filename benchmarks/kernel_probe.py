"""What it costs to ask Node for something: the time of many requests, one after the other.

    python -m benchmarks.kernel_probe FOLDER REPORT

Leaves seconds for each request as JSON: an empty one, reading a property, creating a bare construct,
creating a resource.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_REQUESTS: Final = 2000


def probe(outdir: str) -> dict[str, float]:
    """Measure each kind of request; ``outdir`` is written to."""
    from operations.artifacts.building import prepare

    prepare()
    from cdktf import App, TerraformStack
    from cdktf_cdktf_provider_aws.eip import Eip
    from constructs import Construct
    from jsii._kernel.types import StatsRequest
    from jsii._runtime import kernel

    stack = TerraformStack(App(outdir=outdir, stack_traces=False), "probe")
    requests: dict[str, Callable[[int], Any]] = {
        "empty": lambda _: kernel.provider.stats(StatsRequest()),
        "property": lambda _: stack.node,
        "construct": lambda number: Construct(stack, f"Construct{number}"),
        "resource": lambda number: Eip(
            stack, f"Resource{number}", domain="vpc", tags={"Name": f"probe-{number}"}
        ),
    }
    return {name: _seconds_each(request) for name, request in requests.items()}


def _seconds_each(request: Callable[[int], Any]) -> float:
    request(_REQUESTS)  # Node and Python load what they need at the first one
    began = time.perf_counter()
    for number in range(_REQUESTS):
        request(number)
    return (time.perf_counter() - began) / _REQUESTS


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(probe(sys.argv[1])), "utf-8")
