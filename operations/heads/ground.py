"""The stacks of a head that a person applies, made by the base's own code of the head's files.

No pipeline plans them, so a review compares them; what the head's own synthesis wrote may say that nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from operations.artifacts.building import build
from operations.files.temporary import temporary_folder


@contextmanager
def built_grounds(estate: Estate) -> Iterator[Sequence[Path]]:
    """The folder that they stand in, as one of synthesized stacks; gone afterwards. None where a person applies nothing.

    Args:
        estate: the head's files, read by the base's model.

    Raises:
        InvalidInput: a construct refused what the model let through.
    """
    environments = dict.fromkeys(plan.environment for plan in stack_plans(estate).values() if plan.by_hand)
    if not environments:
        yield ()
        return
    with temporary_folder() as folder:
        build(estate, list(environments), folder)
        yield (folder,)
