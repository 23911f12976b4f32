"""Who approved the very commit that is judged, as the host says it.

``hybrid github approvals`` writes the file. The word of a code owner counts for what the owner's files say; who owns
which file, the base's CODEOWNERS says. Nobody's word counts for what they brought into the pull request themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations.heads.head import Head, top_of
from operations.owners.codeowners import PLACES, Owners, find_owners


@dataclass(frozen=True)
class Approval:
    """What is to be said of a file that only its owners may change.

    Attributes:
        by: who of them approved, "" when nobody did.
        awaited: whose approval is missing, and what to do where there can be none; "" when it is there.
    """

    by: str
    awaited: str


@dataclass(frozen=True)
class Approvals:
    """Who owns what in the base, and who approved.

    Attributes:
        owners: the base's CODEOWNERS; None where there is none.
        given: by user, the teams for which the user approved; all without @, in lower case.
        makers: who brought something into the pull request, likewise.
    """

    owners: Owners | None
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    makers: frozenset[str] = frozenset()

    def of(self, path: str) -> Approval:
        """Whether an owner of a file approved, by its path from the repository's root."""
        return self.by(self.owners.of(path) if self.owners else ())

    def by(self, owners: Sequence[str]) -> Approval:
        """Whether one of some owners approved."""
        wanted = {_plain(owner) for owner in owners}
        found = sorted(user for user, teams in self.given.items() if wanted & {user, *teams})
        if counting := [user for user in found if user not in self.makers]:
            return Approval(f"@{counting[0]}", "")
        if self.owners is None:
            message = f"nobody, because the base has no CODEOWNERS; merge one first, as {PLACES[0]}"
        elif not owners:
            message = "nobody, because the base's CODEOWNERS names no owner; merge one first"
        elif all(not owner.startswith("@") for owner in owners):
            message = f"{', '.join(owners)}, whose address no approval names; merge @user or @organization/team first"
        else:
            message = " or ".join(owners)
            if found:
                message += f", other than @{' and @'.join(found)}, who brought commits into it,"
        return Approval("", message)


def read_approvals(head: Head, file: Path | None) -> Approvals:
    """Read who owns and who approved, from the root of the base's estate.

    Args:
        head: what is judged.
        file: the approvals; without it, nobody approved.

    Raises:
        InvalidInput: the base's CODEOWNERS or the file cannot be used, or the file is of another commit.
    """
    found = find_owners(top_of(Path()))
    return Approvals(found[1] if found else None, *(_said(file, head.commit) if file else ()))


def _said(file: Path, commit: str) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    try:
        said = json.loads(file.read_text("utf-8"))
        of, given = said["head"], [(one["user"], one["teams"]) for one in said["approvals"]]
        approvals = {_plain(user): frozenset(map(_plain, teams)) for user, teams in given}
        makers = frozenset(map(_plain, said["made_by"]))
    except OSError as error:
        raise _refuse(file, f"cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _refuse(file, "is not what it writes") from None
    if of != commit:
        raise _refuse(file, f"is of commit {str(of)[:12]}, and {commit[:12]} is judged")
    return approvals, makers


def _plain(name: str) -> str:
    """A name as GitHub compares it: whatever the case."""
    return name.removeprefix("@").lower()


def _refuse(file: Path, message: str) -> InvalidInput:
    return InvalidInput.of_file(file, f"{message}; make it anew with hybrid github approvals")
