"""Rules on where Terraform keeps its state."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import companions
from estate.model.estate import Estate
from estate.model.rules import Violation, rule


@rule(on=Estate)
def stacks_keep_their_states_apart(estate: Estate) -> Iterator[Violation]:
    """No two stacks keep their state in one place: the second apply would take the first one's objects away.

    In buckets, that is; on a machine each has its stack's name.
    """
    taken: dict[tuple[str, str, str], str] = {}
    for name, environment in estate.environments.items():
        bucket = environment.state.gcs or environment.state.s3
        for stack in (name, *companions(environment)):
            if bucket is None:
                continue
            folder = environment.state.folder(name, stack)
            owner = taken.setdefault((environment.state.kind, bucket.bucket, folder), stack)
            if owner != stack:
                yield Violation(
                    (name, "state"),
                    f"would keep the state of {stack} where that of {owner} is, in {folder} of {bucket.bucket}; "
                    "give it another prefix",
                )
