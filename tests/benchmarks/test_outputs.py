"""Whether two contenders made the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.outputs import (
    Differs,
    count_resources,
    read_stacks,
    refuse_other_bytes,
    refuse_other_resources,
)


def write(outdir: Path, **stacks: Any) -> Path:
    """Write synthesized stacks by name."""
    for name, stack in stacks.items():
        (outdir / "stacks" / name).mkdir(parents=True)
        (outdir / "stacks" / name / "cdk.tf.json").write_text(json.dumps(stack))
    return outdir


def stack(path: str, cidr: str = "10.0.0.0/16") -> dict[str, Any]:
    """A stack with one VPC, made at a path of the tree of constructs."""
    return {"resource": {"aws_vpc": {"Vpc": {"//": {"metadata": {"path": path}}, "cidr_block": cidr}}}}


def test_metadata_may_differ(tmp_path: Path) -> None:
    """A programme without constructs of its own makes the same resources at other paths."""
    ours, theirs = write(tmp_path / "a", dev=stack("dev/Vpc")), write(tmp_path / "b", dev=stack("dev/Other"))

    refuse_other_resources(ours, theirs)

    assert count_resources(read_stacks(ours)) == 1


@pytest.mark.parametrize(
    "other",
    [{"dev": stack("dev/Vpc", cidr="10.1.0.0/16")}, {}, {"dev": stack("dev/Vpc"), "test": stack("test/Vpc")}],
    ids=["attribute", "missing", "more"],
)
def test_refuses_other_resources(tmp_path: Path, other: dict[str, Any]) -> None:
    """Any attribute and any stack counts."""
    ours = write(tmp_path / "a", dev=stack("dev/Vpc"))
    theirs = write(tmp_path / "b", **other)
    (theirs / "stacks").mkdir(parents=True, exist_ok=True)

    with pytest.raises(Differs, match="must hold what"):
        refuse_other_resources(ours, theirs)


def test_refuses_other_bytes(tmp_path: Path) -> None:
    """With the bindings' plain imports, metadata counts too."""
    ours, same = write(tmp_path / "a", dev=stack("dev/Vpc")), write(tmp_path / "b", dev=stack("dev/Vpc"))
    other, none = write(tmp_path / "c", dev=stack("dev/Other")), tmp_path / "d"

    refuse_other_bytes(ours, same)

    for theirs in (other, none):
        with pytest.raises(Differs, match="byte for byte"):
            refuse_other_bytes(ours, theirs)
