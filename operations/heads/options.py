"""Options of the verbs by which a base judges a head."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from operations.heads.approvals import Approvals
    from operations.heads.head import Head

HeadRoot = Annotated[
    Path | None,
    typer.Option(
        "--head",
        metavar="DIR",
        help="Checkout of a pull request's last commit, as data: its stacks in DIR/cdktf.out, its files in DIR's folder "
        "of that name. What judges is here, in a checkout of what it is merged into.",
    ),
]
ApprovalsFile = Annotated[
    Path | None,
    typer.Option(
        "--approvals",
        metavar="FILE",
        help="With --head: who approved that commit, as hybrid github approvals writes it.",
    ),
]


def judged(
    root: Path | None, approvals: Path | None, folder: Path, commit: str | None = None
) -> tuple[Head, Approvals] | None:
    """The head that the command line names, and who approved it; None where it names none.

    Args:
        root: its checkout.
        approvals: the file that says who approved it.
        folder: the base's environment files.
        commit: which commit it has to be; any when not said.

    Raises:
        InvalidInput: it is no head that can be judged, or another commit.
    """
    from estate.reading.problems import InvalidInput
    from operations.heads.approvals import read_approvals
    from operations.heads.head import open_head

    if root is None:
        if approvals is not None:
            raise typer.BadParameter("--approvals goes with --head only")
        return None
    head = open_head(root, folder)
    if commit and head.commit != commit:
        message = f"is a checkout of {head.commit[:12]}, and {commit[:12]} is judged; check that out"
        raise InvalidInput.of_file(root, message)
    return head, read_approvals(head, approvals)
