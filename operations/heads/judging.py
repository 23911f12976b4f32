"""What a pull request changes of what judges pull requests: code, set-up, workflows, risk data, waivers.

The base judges, so none of it is at work yet; it will be for the next one. Which files these are, the list says that
the product's own CODEOWNERS has, whatever an estate's own leaves out of it, and the base's CODEOWNERS from a comment on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from estate.reading.paths import first_few, printable
from operations.heads.approvals import Approvals
from operations.heads.brought import Brought
from operations.heads.head import Head, entries
from operations.owners.codeowners import JUDGES, Owners, read_owners
from operations.owners.shipped import codeowners_text
from operations.project import ENVIRONMENTS

JUDGE_CHANGED: Final = "judge-changed"

_EVERYWHERE: Final = f"{JUDGES}\n.gitattributes\n.gitmodules\n/.github/\n/CODEOWNERS\n/docs/CODEOWNERS\n"
"""What counts from the repository's root, also where the estate stands further below and the rest is others'."""

_SHOWN: Final = 20


def judges_changed(head: Head, approvals: Approvals) -> Iterator[Brought]:
    """Each group of files that one approval can let pass, by who owns them.

    Raises:
        InvalidInput: nobody can tell what base or head hold.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    owners = approvals.owners or Owners()
    for path in sorted(_judging(_changed(head), head, owners)):
        groups[owners.of(path)].append(printable(path))
    for owning, paths in groups.items():
        approval = approvals.by(owning)
        reason = f"changes what judges the next one: {first_few(paths, _SHOWN)}"
        yield Brought(JUDGE_CHANGED, reason, approval.awaited, approval.by)


def _changed(head: Head) -> Iterator[str]:
    before, after = entries(Path()), entries(head.root)
    return (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _judging(paths: Iterator[str], head: Head, owners: Owners) -> Iterator[str]:
    folder = head.folder.relative_to(head.root).as_posix()
    prefix = head.place.removesuffix(folder)
    shipped = codeowners_text((), checkout=True).replace(f"/{ENVIRONMENTS}/", f"/{folder}/")
    repository, estate = read_owners(_EVERYWHERE), read_owners(shipped)
    for path in paths:
        inside = path.startswith(prefix) and estate.judge(path.removeprefix(prefix))
        if inside or repository.judge(path) or owners.judge(path):
            yield path
