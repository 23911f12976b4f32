"""The keys of plans: one pair for sealing them, one for reviewing them, one for applying them, per environment.

Each begins with what it is for, so that one in another's place is told; none is ever printed in an error. The
cryptography is the library's: Ed25519 signs, X25519 opens what HPKE sealed
(https://cryptography.io/en/latest/hazmat/primitives/hpke/, read on 2026-11-30).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from estate.reading.problems import InvalidInput

SEAL: Final = "hybrid-seal"
SEALER: Final = "hybrid-sealer"
REVIEW: Final = "hybrid-review"
REVIEWER: Final = "hybrid-reviewer"
APPLY: Final = "hybrid-apply"
APPLIER: Final = "hybrid-applier"

_NAMES: Final = {
    SEAL: "a private key that seals",
    SEALER: "the public half of a key that seals",
    REVIEW: "a private key that reviews",
    REVIEWER: "the public half of a key that reviews",
    APPLY: "a private key that applies",
    APPLIER: "the public half of a key that applies",
}
"""What a key begins with, and what that makes it."""

_BYTES = 32
_HOW = "make keys with hybrid plan-keys ENV; docs/plan-keys.md says where each goes"


@dataclass(frozen=True)
class Sealing:
    """What whoever plans an environment holds.

    Attributes:
        key: signs.
        reviewer: for whom the shown part is sealed.
        applier: for whom all is sealed.
    """

    key: Ed25519PrivateKey
    reviewer: X25519PublicKey
    applier: X25519PublicKey


@dataclass(frozen=True)
class Opening:
    """What whoever reviews or applies an environment's plans holds.

    Attributes:
        key: opens what is sealed for it.
        sealer: whose signature counts.
    """

    key: X25519PrivateKey
    sealer: Ed25519PublicKey


@dataclass(frozen=True)
class Pairs:
    """All private keys of an environment, from which the public halves follow."""

    seal: Ed25519PrivateKey
    review: X25519PrivateKey
    apply: X25519PrivateKey

    @property
    def sealing(self) -> Sealing:
        """What whoever plans holds."""
        return Sealing(self.seal, self.review.public_key(), self.apply.public_key())

    @property
    def reviewing(self) -> Opening:
        """What whoever reviews holds."""
        return Opening(self.review, self.seal.public_key())

    @property
    def applying(self) -> Opening:
        """What whoever applies holds."""
        return Opening(self.apply, self.seal.public_key())


def new_pairs() -> Pairs:
    """Keys of one environment, made from the system's randomness."""
    return Pairs(Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), X25519PrivateKey.generate())


def written(kind: str, key: Ed25519PrivateKey | Ed25519PublicKey | X25519PrivateKey | X25519PublicKey) -> str:
    """A key as text, with what it is for in front."""
    if isinstance(key, (Ed25519PrivateKey, X25519PrivateKey)):
        raw = key.private_bytes_raw()
    else:
        raw = key.public_bytes_raw()
    return f"{kind}_{base64.urlsafe_b64encode(raw).decode('ascii').rstrip('=')}"


def fingerprint(key: Ed25519PublicKey | X25519PublicKey) -> str:
    """What tells public keys apart in a line."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def signing_key(where: str, text: str) -> Ed25519PrivateKey:
    """Read a private key that seals; see :func:`_raw`."""
    return Ed25519PrivateKey.from_private_bytes(_raw(where, text, SEAL))


def sealer_key(where: str, text: str) -> Ed25519PublicKey:
    """Read the public half of a key that seals; see :func:`_raw`."""
    return Ed25519PublicKey.from_public_bytes(_raw(where, text, SEALER))


def opening_key(where: str, text: str, kind: str) -> X25519PrivateKey:
    """Read a private key that reviews or applies; see :func:`_raw`."""
    return X25519PrivateKey.from_private_bytes(_raw(where, text, kind))


def opener_key(where: str, text: str, kind: str) -> X25519PublicKey:
    """Read the public half of a key that reviews or applies; see :func:`_raw`."""
    return X25519PublicKey.from_public_bytes(_raw(where, text, kind))


def _raw(where: str, text: str, kind: str) -> bytes:
    """The bytes of a key; what is wrong with it is said without it.

    Raises:
        InvalidInput: it is none, or one for something else.
    """
    found, _, encoded = text.strip().partition("_")
    if found in _NAMES and found != kind:
        raise InvalidInput.of_file(
            where, f"is {_NAMES[found]} ({found}_...), and should be {_NAMES[kind]} ({kind}_...)"
        )
    try:
        raw = base64.b64decode(encoded.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if found != kind or len(raw) != _BYTES:
        raise InvalidInput.of_file(where, f"is not {_NAMES[kind]} ({kind}_ and 43 letters); {_HOW}")
    return raw
