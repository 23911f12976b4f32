"""Runs Terraform for a stack and gives its plan; the stored plan holds secrets and does not outlive the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations.review.text import cut
from operations.terraform import planning
from operations.terraform.runner import Terraform, TerraformFailed

_QUOTED = re.compile(r"""(["'`]).*?\1""")
_LONGEST = 500


@contextmanager
def planned(environment: str, stack: Path, binary: str) -> Iterator[Path]:
    """Plan a stack, and give the file with the plan's JSON, which is gone afterwards.

    Args:
        environment: what to call the stack in an error.
        stack: its folder.
        binary: the Terraform or OpenTofu command.

    Raises:
        InvalidInput: Terraform cannot plan; what is said carries no secret.
    """
    try:
        # A review changes no state, so it has no need of a lock, which a read-only identity could not take.
        with planning.planned(Terraform(binary, stack), lock=False) as made:
            made.stored.unlink()
            yield made.json
    except TerraformFailed as failure:
        again = f"run {binary} -chdir={stack} {failure.command} to see all of it"
        message = f"{binary} {failure.command}: {_summary(failure)}; {again}"
        raise InvalidInput.of_file(environment, message) from None


def _summary(failure: TerraformFailed) -> str:
    """The titles of Terraform's errors, without what they quote: providers put anything there."""
    titles = dict.fromkeys(_bare(title) for title in failure.titles)
    return cut("; ".join(titles) or str(failure), _LONGEST)


def _bare(title: str) -> str:
    """A title up to its first colon and without quotes: what follows is the provider's, and may hold a secret."""
    return _QUOTED.sub("...", title).partition(":")[0].strip()
