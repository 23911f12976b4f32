"""What is said of every kind of cluster that is lost.

Terraform is never told to destroy one: ``prevent_destroy`` stays on, the file and the record stay as they are. What is
left of the cluster is taken away by its vendor's command, a plan finds it gone and makes it anew at its address.
"""

from __future__ import annotations

from typing import Final

from operations.cards.card import Task

NOTHING_LEFT: Final = "# nothing"
"""What a command that looks for the rest of a cluster prints when there is none, as its comment."""

UNRELEASED: Final = (
    "Terraform destroys no protected cluster and has not to be told to: it finds this one gone, and its address stays "
    "recorded, so leave its entry in the file and deletion_protection as it is"
)
"""Why nothing is released."""


def kept_elsewhere(what: str, *, elsewhere: bool) -> tuple[Task, Task]:
    """What to do, before and after, for a cluster that nothing made here backs up.

    Args:
        what: the cluster, in words.
        elsewhere: whether the file says that something else does.
    """
    if elsewhere:
        return (
            Task(f"see that what backs up {what} has a backup to go back to, before anything is taken away"),
            Task(f"bring back volumes and Secrets of {what} by what backs it up"),
        )
    return (
        Task(
            f"save what can still be read: nothing backs up {what}, so with it go its volumes and every Secret that no "
            "repository holds"
        ),
        Task(
            f"bring back the volumes and Secrets of {what} from wherever they are kept: nothing backs it up, so ask its teams"
        ),
    )
