"""No two stacks keep their state in one place: the second apply would take the first one's objects away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation
from estate.model.stack_plan import companions

if TYPE_CHECKING:
    from estate.model.estate import Estate


def state_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check the places of all stacks' states in buckets; on a machine each has its stack's name."""
    taken: dict[tuple[str, str, str], str] = {}
    for name, environment in estate.environments.items():
        bucket = environment.state.gcs or environment.state.s3
        for stack in (name, *companions(environment)):
            if bucket is None:
                continue
            folder = environment.state.folder(name, stack)
            owner = taken.setdefault((environment.state.kind, bucket.bucket, folder), stack)
            if owner != stack:
                yield EstateViolation(
                    name,
                    ("state",),
                    f"would keep the state of {stack} where that of {owner} is, in {folder} of {bucket.bucket}; "
                    "give it another prefix",
                )
