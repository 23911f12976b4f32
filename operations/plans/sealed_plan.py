"""A stored plan that can be handed on: encrypted, authenticated, and good for a while only.

A plan holds every secret that is in the state. So it leaves this process sealed only, with a key that stands
in the environment and nowhere else: AES-256 in GCM, which notices every changed byte. What the plan was made
of (stack, code, state of the repository, time) stands readable in front, under the same seal.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import os
import secrets
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput, Problem
from operations.files.writing import write_file

KEY = "HYBRID_PLAN_KEY"
"""Environment variable with the key."""

SUFFIX = ".plan"

_MAGIC = b"hybrid plan 1\n"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_PARTS = ("plan", "plan.json", "lock.hcl")


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
        key: fingerprint of the key that it is sealed with.
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
    key: str


@dataclass(frozen=True)
class StoredPlan:
    """A plan as Terraform stores it.

    Attributes:
        plan: what ``terraform plan -out`` writes.
        json: the same as ``terraform show -json`` says it.
        lock: the provider lock file that it was made with.
    """

    plan: bytes
    json: bytes
    lock: bytes

    def __repr__(self) -> str:
        """Without what it holds."""
        return "StoredPlan(...)"


def new_key() -> str:
    """A key, made from the system's randomness."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")


def key_of_environment(environment: Mapping[str, str]) -> bytes:
    """Read the key; what is wrong with it is said without it.

    Raises:
        InvalidInput: there is none, or it is not what :func:`new_key` makes.
    """
    text = environment.get(KEY, "").strip()
    how = "make one with hybrid plan-key, and keep it as a secret"
    if not text:
        raise _refuse(KEY, f"is not set in the environment; {how}")
    try:
        key = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _refuse(KEY, f"is not a key; {how}") from None
    if len(key) != _KEY_BYTES:
        raise _refuse(KEY, f"is not a key of {_KEY_BYTES} bytes; {how}")
    return key


def fingerprint(key: bytes) -> str:
    """What tells keys apart and says nothing of them."""
    return hashlib.sha256(b"hybrid plan key\n" + key).hexdigest()[:16]


def digest(data: bytes) -> str:
    """The SHA-256 of data, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def seal(path: Path, about: About, stored: StoredPlan, key: bytes) -> None:
    """Write a sealed plan, for this user alone; a reader sees the old file or the new one."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = _MAGIC + json.dumps(asdict(about), sort_keys=True).encode("utf-8") + b"\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in zip(_PARTS, (stored.plan, stored.json, stored.lock), strict=True):
            # Without a date of its own: a clock before 1980 has none for an archive.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    nonce = os.urandom(_NONCE_BYTES)
    sealed = head + nonce + AESGCM(key).encrypt(nonce, packed.getvalue(), head)
    write_file(path, sealed, private=True)


def read_about(path: Path) -> About:
    """What a sealed plan says it is, which nothing has confirmed yet.

    Raises:
        InvalidInput: it is no sealed plan.
    """
    return _split(path)[0]


def unseal(path: Path, key: bytes, now: datetime) -> tuple[About, StoredPlan]:
    """Open a sealed plan.

    Args:
        path: the file.
        key: what it was sealed with.
        now: the time in UTC.

    Raises:
        InvalidInput: it is no sealed plan, is sealed with another key, was changed, or is past its time.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    about, head, body = _split(path)
    if about.key != fingerprint(key):
        raise _refuse(path, f"is sealed with another key than the one in {KEY}; plan it again")
    try:
        packed = AESGCM(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], head)
    except (InvalidTag, ValueError):
        raise _refuse(path, "was changed after it was sealed; nothing of it is used; plan it again") from None
    if now >= datetime.fromisoformat(about.expires):
        raise _refuse(path, f"expired at {about.expires}; plan it again, and have it reviewed again")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        plan, text, lock = (archive.read(name) for name in _PARTS)
    return about, StoredPlan(plan, text, lock)


def _split(path: Path) -> tuple[About, bytes, bytes]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refuse(path, f"cannot be read ({error.strerror}); plan it with hybrid plan") from None
    line, newline, body = data.removeprefix(_MAGIC).partition(b"\n")
    about = _about(line) if data.startswith(_MAGIC) and newline else None
    if about is None:
        raise _refuse(path, "is not a sealed plan; make one with hybrid plan")
    return about, _MAGIC + line + newline, body


def _about(line: bytes) -> About | None:
    try:
        values: Any = json.loads(line)
        found = About(**values)
        datetime.fromisoformat(found.expires)
    except (ValueError, TypeError):
        return None
    kinds = {field.name: bool if field.name == "changes" else str for field in fields(About)}
    return found if all(isinstance(values[name], kind) for name, kind in kinds.items()) else None


def _refuse(what: Path | str, message: str) -> InvalidInput:
    return InvalidInput([Problem.of_file(what, message)])
