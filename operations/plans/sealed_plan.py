"""A stored plan that can be handed on: signed by whoever planned, opened by whoever it is for, good for a while only.

A plan holds every secret that is in the state, so it leaves this process sealed only. The file: a line that names the
format, a line of JSON with what the plan was made of, three parts, a signature over all of it. Each part is sealed for
one key alone (HPKE, RFC 9180), with those two lines as its context:

- *stored*, for whoever applies: Terraform's plan, its lock file, the key of the markers;
- *shown*, once for whoever reviews and once for whoever applies: the plan's JSON without a secret.

Whoever seals opens nothing; whoever reviews opens neither the stored part nor another environment's, and seals nothing.
"""

from __future__ import annotations

import json
import secrets
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from estate.derived.stack_plan import environment_of
from estate.reading.problems import InvalidInput, Problem
from operations.files.writing import write_file
from operations.plans import about as headers
from operations.plans.about import About, digest
from operations.plans.keys import Opening, Sealing, fingerprint
from operations.plans.shown import shown

SUFFIX: Final = ".plan"

_MAGIC = b"hybrid plan 2\n"
_FORMER = b"hybrid plan 1\n"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_STORED, _REVIEWED, _APPLIED = "stored", "shown to whoever reviews", "shown to whoever applies"
_PARTS: Final = (_STORED, _REVIEWED, _APPLIED)
_LENGTH = struct.Struct(">Q")
_SIGNATURE = 64
_SALT = 32
_STRANGE = "is sealed by something else than hybrid plan; plan it again"


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


@dataclass(frozen=True)
class Opened:
    """What whoever applies gets to see of a plan.

    Attributes:
        plan: what Terraform can apply.
        lock: the provider lock file that it was made with.
        shown: the plan's JSON without a secret, as it was reviewed.
        salt: the key of the markers in it.
    """

    plan: bytes
    lock: bytes
    shown: dict[str, Any]
    salt: bytes

    def __repr__(self) -> str:
        """Without what it holds."""
        return "Opened(...)"


@dataclass(frozen=True)
class _File:
    about: About
    head: bytes
    parts: dict[str, bytes]
    signed: bytes
    signature: bytes


def seal(path: Path, about: About, stored: StoredPlan, keys: Sealing) -> None:
    """Write a sealed plan, for this user alone; a reader sees the old file or the new one."""
    salt = secrets.token_bytes(_SALT)
    # What stands in front of it keeps its digest, which everybody reads, from telling what it is.
    text = secrets.token_bytes(_SALT) + json.dumps(shown(json.loads(stored.json), salt)).encode("utf-8")
    whole = replace(about, sealer=fingerprint(keys.key.public_key()), shown_sha256=digest(text))
    head = _MAGIC + headers.written(whole) + b"\n"
    inner = b"".join(_LENGTH.pack(len(part)) + part for part in (salt, stored.lock, stored.plan))
    parts = (
        (_STORED, inner, keys.applier),
        (_REVIEWED, text, keys.reviewer),
        (_APPLIED, text, keys.applier),
    )
    sealed = [
        _SUITE.encrypt(zlib.compress(data), key, info=_context(head, name)) for name, data, key in parts
    ]
    signed = head + b"".join(_LENGTH.pack(len(part)) + part for part in sealed)
    write_file(path, signed + keys.key.sign(signed), private=True)


def read_about(path: Path) -> About:
    """What a sealed plan says it is, which nothing has confirmed yet.

    Raises:
        InvalidInput: it is no sealed plan.
    """
    return _read(path).about


def open_shown(path: Path, keys: Callable[[str], Opening], now: datetime) -> tuple[About, bytes]:
    """Open what of a sealed plan is shown to whoever reviews: the plan's JSON.

    Args:
        path: the file.
        keys: gives the keys of an environment.
        now: the time in UTC.

    Raises:
        InvalidInput: it is no sealed plan, others sealed it or changed it, or it is past its time; all at once.
    """
    file, opening = _checked(path, keys, now)
    return file.about, json.dumps(_shown(path, file, opening.key, _REVIEWED)).encode("utf-8")


def open_stored(path: Path, keys: Callable[[str], Opening], now: datetime) -> tuple[About, Opened]:
    """Open all of a sealed plan, to apply it; like :func:`open_shown`."""
    file, opening = _checked(path, keys, now)
    told = _shown(path, file, opening.key, _APPLIED)
    pieces = _split(_decrypted(path, file, opening.key, _STORED), 3)
    if pieces is None or pieces[-1]:
        raise InvalidInput.of_file(path, _STRANGE)
    salt, lock, plan, _ = pieces
    return file.about, Opened(plan, lock, told, salt)


def _context(head: bytes, name: str) -> bytes:
    return head + name.encode("ascii")


def _checked(path: Path, keys: Callable[[str], Opening], now: datetime) -> tuple[_File, Opening]:
    file = _read(path)
    opening = keys(file.about.environment)
    problems = [Problem.of_file(path, message) for message in _refusals(file, opening, now)]
    if problems:
        raise InvalidInput(problems)
    return file, opening


def _refusals(file: _File, opening: Opening, now: datetime) -> Iterator[str]:
    about = file.about
    if about.sealer != fingerprint(opening.sealer):
        yield f"is not sealed by whoever plans {about.environment}; nothing of it is used; plan it again"
    else:
        try:
            opening.sealer.verify(file.signature, file.signed)
        except InvalidSignature:
            yield "was changed after it was sealed; nothing of it is used; plan it again"
    if about.environment != environment_of(about.stack):
        yield f"is sealed for {about.environment}, and {about.stack} is none of its stacks; nothing of it is used"
    if now >= datetime.fromisoformat(about.expires):
        yield f"expired at {about.expires}; plan it again, and have it reviewed again"


def _shown(path: Path, file: _File, key: X25519PrivateKey, name: str) -> dict[str, Any]:
    data = _decrypted(path, file, key, name)
    if digest(data) != file.about.shown_sha256:
        raise InvalidInput.of_file(
            path, "shows one thing to whoever reviews and another to whoever applies; do not use it"
        )
    try:
        told = json.loads(data[_SALT:])
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise InvalidInput.of_file(path, _STRANGE)
    return told


def _decrypted(path: Path, file: _File, key: X25519PrivateKey, name: str) -> bytes:
    try:
        return zlib.decompress(_SUITE.decrypt(file.parts[name], key, info=_context(file.head, name)))
    except (InvalidTag, ValueError, zlib.error):
        message = f"is not sealed for the key that is here ({name}); HYBRID_OPENERS of whoever planned names another"
        raise InvalidInput.of_file(path, message) from None


def _read(path: Path) -> _File:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput.of_file(
            path, f"cannot be read ({error.strerror}); plan it with hybrid plan"
        ) from None
    if data.startswith(_FORMER):
        raise InvalidInput.of_file(path, "is sealed in a former way, with one key for all; plan it again")
    file = _parse(data)
    if file is None:
        raise InvalidInput.of_file(path, "is not a sealed plan; make one with hybrid plan")
    return file


def _parse(data: bytes) -> _File | None:
    line, newline, _ = data.removeprefix(_MAGIC).partition(b"\n")
    about = headers.read(line) if data.startswith(_MAGIC) and newline else None
    head = _MAGIC + line + newline
    signed, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    pieces = _split(signed[len(head) :], len(_PARTS))
    if about is None or pieces is None or pieces[-1]:
        return None
    return _File(about, head, dict(zip(_PARTS, pieces, strict=False)), signed, signature)


def _split(data: bytes, count: int) -> list[bytes] | None:
    """Pieces that have their length in front, and what is left behind them; None where one is not whole."""
    pieces, at = [], 0
    for _ in range(count):
        if len(data) - at < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if len(data) - at < length:
            return None
        pieces.append(data[at : at + length])
        at += length
    return [*pieces, data[at:]]
