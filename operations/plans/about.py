"""What a sealed plan says it is, readable to everybody in front of it, under the same signature."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Request:
    """The pull request that a plan is made for; all "" on a laptop.

    Attributes:
        number: its number.
        head: the commit that it would merge.
        base: the commit of the protected branch that judges it.
    """

    number: str = ""
    head: str = ""
    base: str = ""


@dataclass(frozen=True)
class About:
    """What a plan was made of.

    Attributes:
        stack: the stack.
        environment: whose it is.
        created: when, in UTC.
        expires: from when on it is good for nothing, in UTC.
        tree: the git tree that it was made from, "" when files were not committed.
        stack_sha256: digest of the stack's ``cdk.tf.json``.
        lock_sha256: digest of the provider lock file.
        terraform: version of Terraform that made it.
        changes: whether an apply would do anything.
        pull_request: number of the pull request that it was made for, "" on a laptop.
        head: commit of that pull request's head.
        base: commit of the branch that it would be merged into.
        sealer: fingerprint of the key that sealed it.
        shown_sha256: digest of the shown part, so that whoever reviews and whoever applies is shown the same.
    """

    stack: str
    environment: str
    created: str
    expires: str
    tree: str
    stack_sha256: str
    lock_sha256: str
    terraform: str
    changes: bool
    pull_request: str = ""
    head: str = ""
    base: str = ""
    sealer: str = ""
    shown_sha256: str = ""

    @property
    def request(self) -> Request:
        """The pull request that it was made for."""
        return Request(self.pull_request, self.head, self.base)


def written(about: About) -> bytes:
    """One line of JSON, without its end."""
    return json.dumps(asdict(about), sort_keys=True).encode("ascii")


def read(line: bytes) -> About | None:
    """What a line says; None where it is not what :func:`written` writes."""
    try:
        values: Any = json.loads(line)
        about = About(**values)
        timely = datetime.fromisoformat(about.expires).tzinfo is not None
    except (ValueError, TypeError, RecursionError):
        return None
    kinds = {field.name: bool if field.name == "changes" else str for field in fields(About)}
    right = all(type(values.get(name)) is kind for name, kind in kinds.items())
    # Nothing has confirmed it yet, and it is quoted in refusals: no control characters.
    right = right and all(value.isprintable() for value in values.values() if isinstance(value, str))
    return about if timely and right and written(about) == line else None


def digest(data: bytes) -> str:
    """The SHA-256 of data, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
