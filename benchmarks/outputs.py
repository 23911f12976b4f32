"""Synthesized output: read, and compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from operations.artifacts.stack_json import addresses, read_stack

Stacks = dict[str, dict[str, Any]]


class Differs(Exception):  # noqa: N818 - reads as the sentence it is
    """Two contenders did not make the same thing, so that their times cannot be compared."""


def read_stacks(outdir: Path) -> Stacks:
    """Every stack below ``outdir``, by name."""
    return {folder.name: read_stack(outdir, folder.name) for folder in sorted((outdir / "stacks").iterdir())}


def count_resources(stacks: Stacks) -> int:
    """The managed resources of all stacks."""
    return sum(1 for stack in stacks.values() for _ in addresses(stack))


def refuse_other_bytes(ours: Path, theirs: Path) -> None:
    """Compare byte for byte.

    Raises:
        Differs: a stack is missing or another.
    """
    for folder in sorted((ours / "stacks").iterdir()):
        one, other = (outdir / "stacks" / folder.name / "cdk.tf.json" for outdir in (ours, theirs))
        if not other.is_file() or one.read_bytes() != other.read_bytes():
            raise Differs(f"{other} must be byte for byte {one}")


def refuse_other_resources(ours: Path, theirs: Path) -> None:
    """Compare everything but the metadata under `//`, which says where in the tree of constructs it was made.

    Raises:
        Differs: anything else differs.
    """
    mine, other = read_stacks(ours), read_stacks(theirs)
    for name in sorted(mine.keys() | other.keys()):
        if without_metadata(mine.get(name)) != without_metadata(other.get(name)):
            raise Differs(
                f"{theirs / 'stacks' / name} must hold what {ours / 'stacks' / name} holds, `//` apart"
            )


def without_metadata(value: Any) -> Any:
    """``value`` without anything under a key `//`."""
    if isinstance(value, dict):
        return {key: without_metadata(item) for key, item in value.items() if key != "//"}
    if isinstance(value, list):
        return [without_metadata(item) for item in value]
    return value
