"""What a change does to stacks that a person applies: no plan of a pipeline says it, so the stacks themselves are compared.

Left out: what a plan of it would find changed outside Terraform, and in which order it is applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from estate.reading.paths import first_few
from operations.artifacts.stack_json import read_stack
from operations.project import STACK_FILE, stack_path
from operations.review.findings import Finding
from operations.review.reviewer import plan_address
from operations.review.risks import Risks
from operations.review.rules import finding
from operations.review.sources import Stacks

_SHOWN = 5


def changed_by_hand(base: Path | None, outdirs: Sequence[Path], stacks: Stacks) -> Mapping[str, str]:
    """Which of these stacks are not as in the base, and what in them is other; all of one that is new.

    Nothing without a base, where whoever asks gives their plans.

    Args:
        base: the base's stacks.
        outdirs: where they stand, each made by somebody else of the same files; one that is other anywhere is other.
        stacks: the stacks of the estate.
    """
    found = {}
    for name in sorted(stacks.by_hand) if base else ():
        before = _parts(base, name)
        sides = [_parts(outdir, name) for outdir in outdirs]
        other = sorted(
            {
                one
                for after in sides
                for one in before.keys() | after.keys()
                if before.get(one) != after.get(one)
            }
        )
        if other:
            found[name] = first_few(other, _SHOWN)
    return found


def by_hand(changed: Mapping[str, str], environment: str, stacks: Stacks, risks: Risks) -> Iterator[Finding]:
    """That an environment's ground changes, which a person has to apply."""
    for stack, what in changed.items():
        if stacks.environment(stack) == environment:
            yield finding(
                "ground-changed", risks.fixed.ground_changed, plan_address(environment, stack), what
            )


def _parts(outdir: Path | None, name: str) -> dict[str, Any]:
    """What is in a stack by its address; nothing where it is not."""
    if outdir is None or not (stack_path(outdir, name) / STACK_FILE).is_file():
        return {}
    stack = read_stack(outdir, name)
    return {
        **{
            f"{kind}{type_}.{one}": body
            for section, kind in (("resource", ""), ("data", "data."))
            for type_, of in stack.get(section, {}).items()
            for one, body in of.items()
        },
        **{key: value for key, value in stack.items() if key not in {"//", "resource", "data"}},
    }
