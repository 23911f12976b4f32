"""Take the product's files from a version, and nothing of the estate's.

A file is taken where the one that stands is what the version of today has; where somebody edited it, and the new
version changes it too, nothing is taken before a person says that the edit may go. `pyproject.toml`, which says
the version, comes last: killed in between, the same command goes on where it stopped.
Left out: committing, which is the user's to do after a look.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations.update.changelog import between
from operations.update.product import REF, Checkout

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_LAST = "pyproject.toml"


@dataclass(frozen=True)
class Update:
    """What a version changes, or did.

    Attributes:
        old: the version of today.
        new: the version to take.
        taken: paths whose file comes from the new version.
        gone: paths that the new version no longer has.
        lost: of both, those that hold edits of one's own, which go.
        kept: edited files that the new version leaves alone.
        news: the changelog's entries since the old version.
    """

    old: str
    new: str
    taken: tuple[str, ...]
    gone: tuple[str, ...]
    lost: tuple[str, ...]
    kept: tuple[str, ...]
    news: str


def plan_update(root: Path, version: str, source: str) -> Update:
    """Find out what taking a version would do; fetches both versions and changes no file.

    Args:
        root: the checkout of the product.
        version: such as 1.2.0, with or without a leading v.
        source: what git fetches from: a remote's name, an address or a folder.

    Raises:
        InvalidInput: that is no version, or git cannot bring it.
    """
    new = version.removeprefix("v")
    if not _VERSION.fullmatch(new):
        raise InvalidInput.of_file(version, "is no version; write one such as 1.2.0")
    if not (root / ".git").exists():
        message = "is no git checkout of the product; change the version where it is pinned instead"
        raise InvalidInput.of_file(root, message)
    checkout = Checkout(root)
    old = str(tomllib.loads((root / _LAST).read_text("utf-8"))["project"]["version"])
    checkout.fetch(source, (old, new))
    before, after = checkout.product(old), checkout.product(new)
    changed = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    standing = checkout.standing([*{**before, **after}])
    todo = sorted((path for path in changed if standing.get(path) != after.get(path)), key=_order)
    edited = {path for path in standing if standing[path] not in {before.get(path), after.get(path)}}
    deleted = {path for path in before if path not in standing and path in after and path in changed}
    return Update(
        old,
        new,
        tuple(path for path in todo if path in after),
        tuple(path for path in todo if path not in after),
        tuple(path for path in todo if path in edited | deleted),
        tuple(sorted(edited - set(todo))),
        between(checkout.text(new, "CHANGELOG.md"), old),
    )


def write_update(root: Path, update: Update) -> None:
    """Take the files; they are staged, as after a merge.

    Raises:
        InvalidInput: git refuses.
    """
    checkout = Checkout(root)
    for path in update.gone:
        checkout.git("rm", "--quiet", "--force", "--ignore-unmatch", "--", path)
        (root / path).unlink(missing_ok=True)
    taken = [path for path in update.taken if path != _LAST]
    for part in (taken, [path for path in update.taken if path == _LAST]):
        if part:
            names = "\0".join(part)
            from_ = f"{REF}/v{update.new}"
            checkout.git("checkout", from_, "--pathspec-from-file=-", "--pathspec-file-nul", given=names)


def _order(path: str) -> tuple[bool, str]:
    return path == _LAST, path
