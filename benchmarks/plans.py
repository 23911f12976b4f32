"""A plan of any size, as Terraform writes it: nearly all objects stay, one in ten changes, each holds a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write_plan(path: Path, megabytes: int) -> int:
    """Write a plan of about so many megabytes, and return the number of its objects."""
    one = len(json.dumps([_change(1), _values(1), _values(1)], separators=(",", ":")))
    count = megabytes * 1_000_000 // one
    head = '{"format_version":"1.2","terraform_version":"1.11.4"'
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head)
        for key, make in (
            ("planned_values", _values),
            ("resource_changes", _change),
            ("prior_state", _values),
        ):
            stream.write(f',"{key}":[')
            for number in range(count):
                stream.write("," if number else "")
                json.dump(make(number), stream, separators=(",", ":"))
            stream.write("]")
        stream.write("}")
    return count


def _change(number: int) -> dict[str, Any]:
    before, after = _values(number), _values(number)
    if number % 10 == 0:
        after["config"][0]["replicas"] = 4
    return {
        "address": f'google_gkeonprem_vmware_node_pool.pool["p{number}"]',
        "mode": "managed",
        "type": "google_gkeonprem_vmware_node_pool",
        "name": "pool",
        "index": f"p{number}",
        "provider_name": "hashicorp/google",
        "change": {
            "actions": ["update"] if number % 10 == 0 else ["no-op"],
            "before": before,
            "after": after,
            "after_unknown": {},
            "before_sensitive": {"config": [{}], "token": True},
            "after_sensitive": {"config": [{}], "token": True},
        },
    }


def _values(number: int) -> dict[str, Any]:
    return {
        "name": f"p{number}",
        "token": f"secret-of-pool-{number:08}",
        "vmware_cluster": f"cluster-{number // 5}",
        "description": "lorem ipsum dolor sit amet " * 20,
        "labels": {f"label-{i}": f"value-{number}-{i}" for i in range(20)},
        "config": [
            {
                "cpus": 8,
                "memory_mb": 16384,
                "replicas": 3,
                "taints": [{"key": f"k{i}", "value": "v", "effect": "NO_SCHEDULE"} for i in range(10)],
            }
        ],
    }
