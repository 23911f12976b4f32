"""What backs a cluster up: something of these files, or something else, which the file says."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.rules import Violation


def backed_up_once(*, here: bool, elsewhere: bool) -> Iterator[Violation]:
    """What is backed up here is not said to be backed up elsewhere."""
    if here and elsewhere:
        yield Violation(
            ("backup_elsewhere",),
            "must be left out with backup, by which it is backed up here",
            ("backup",),
        )
