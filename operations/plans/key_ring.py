"""Where the keys of plans are had from: variables of a job, each with what that job may do, or one file of a person's.

A file counts alone when it is named. What lacks is told with the variable's name and the way to it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from estate.reading.problems import InvalidInput
from operations.files.writing import write_file
from operations.plans import keys
from operations.plans.keys import Opening, Pairs, Sealing

SEAL_KEY: Final = "HYBRID_SEAL_KEY"
"""Where plans are made: the private key that seals those of one environment."""

OPENERS: Final = "HYBRID_OPENERS"
"""Where plans are made: the public keys of that environment, ``{"review": ..., "apply": ...}``."""

REVIEW_KEYS: Final = "HYBRID_REVIEW_KEYS"
"""Where plans are reviewed: by environment, the private key that reviews."""

SEALERS: Final = "HYBRID_SEALERS"
"""Where plans are reviewed or applied: by environment, the public key of whoever seals."""

APPLY_KEY: Final = "HYBRID_APPLY_KEY"
"""Where plans are applied: the private key of one environment that applies."""

FORMER: Final = "HYBRID_PLAN_KEY"
"""The one key that was everything until format 2."""

_PAIRS = ("seal", "review", "apply")
_MAKE = "make keys with hybrid plan-keys"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class KeyRing:
    """The keys that a command can have.

    Attributes:
        variables: the process environment.
        file: a person's file with all keys, None to take variables.
    """

    variables: Mapping[str, str]
    file: Path | None

    def sealing(self, environment: str) -> Sealing:
        """What plans an environment.

        Raises:
            InvalidInput: it is not to be had, or is no key.
        """
        if self.file is not None:
            return self._pairs(self.file, environment).sealing
        openers = self._object(OPENERS, environment)
        if openers.keys() != {"review", "apply"}:
            raise InvalidInput.of_file(
                OPENERS, 'must be {"review": ..., "apply": ...} with the public keys of openers'
            )
        return Sealing(
            keys.signing_key(SEAL_KEY, self._text(SEAL_KEY, environment)),
            keys.opener_key(f"{OPENERS}: review", openers["review"], keys.REVIEWER),
            keys.opener_key(f"{OPENERS}: apply", openers["apply"], keys.APPLIER),
        )

    def reviewing(self, environment: str) -> Opening:
        """What reviews an environment's plans.

        Raises:
            InvalidInput: it is not to be had, or is no key.
        """
        if self.file is not None:
            return self._pairs(self.file, environment).reviewing
        key = self._of(REVIEW_KEYS, environment)
        return Opening(
            keys.opening_key(f"{REVIEW_KEYS}: {environment}", key, keys.REVIEW), self._sealer(environment)
        )

    def applying(self, environment: str) -> Opening:
        """What applies an environment's plans.

        Raises:
            InvalidInput: it is not to be had, or is no key.
        """
        if self.file is not None:
            return self._pairs(self.file, environment).applying
        key = self._text(APPLY_KEY, environment)
        return Opening(keys.opening_key(APPLY_KEY, key, keys.APPLY), self._sealer(environment))

    def _sealer(self, environment: str) -> Ed25519PublicKey:
        return keys.sealer_key(f"{SEALERS}: {environment}", self._of(SEALERS, environment))

    def _text(self, variable: str, environment: str) -> str:
        text = self.variables.get(variable, "").strip()
        if not text:
            former = f"; {FORMER} is of no use any more" if self.variables.get(FORMER) else ""
            raise InvalidInput.of_file(
                variable,
                f"is not set in the environment, and no --keys names a file{former}; {_MAKE} {environment}, "
                "and put each where docs/plan-keys.md says",
            )
        return text

    def _object(self, variable: str, environment: str) -> Mapping[str, str]:
        found = _texts(self._text(variable, environment))
        if found is None:
            raise InvalidInput.of_file(variable, f"must be a JSON object of keys; {_MAKE} {environment}")
        return found

    def _of(self, variable: str, environment: str) -> str:
        found = self._object(variable, environment)
        if environment not in found:
            known = ", ".join(sorted(found)) or "none"
            raise InvalidInput.of_file(
                variable, f"has no key of {environment} (there are: {known}); {_MAKE} {environment}"
            )
        return found[environment]

    def _pairs(self, file: Path, environment: str) -> Pairs:
        found = read_keys(file)
        if environment not in found:
            known = ", ".join(sorted(found)) or "none"
            message = (
                f"has no keys of {environment} (there are: {known}); {_MAKE} {environment} --keys {file}"
            )
            raise InvalidInput.of_file(file, message)
        return found[environment]


def read_keys(file: Path) -> dict[str, Pairs]:
    """Read a person's file of keys: by environment, all three private ones.

    Raises:
        InvalidInput: it cannot be read, others may read it, or something else stands in it.
    """
    try:
        mode = file.stat().st_mode
        text = file.read_text("utf-8", "replace")
    except OSError as error:
        message = f"cannot be read ({error.strerror}); {_MAKE} ENV --keys {file}"
        raise InvalidInput.of_file(file, message) from None
    if mode & _OTHERS:
        message = (
            f"may be read by others (mode {stat.S_IMODE(mode):04o}); chmod 600 {file}, or make the keys anew"
        )
        raise InvalidInput.of_file(file, message)
    found = _json(text)
    if not isinstance(found, dict):
        raise InvalidInput.of_file(file, "must be a JSON object, as hybrid plan-keys writes it")
    return {environment: _of_file(f"{file}: {environment}", one) for environment, one in found.items()}


def write_keys(file: Path, pairs: Mapping[str, Pairs]) -> None:
    """Write a person's file of keys, for this user alone."""
    document = {
        environment: {
            "seal": keys.written(keys.SEAL, one.seal),
            "review": keys.written(keys.REVIEW, one.review),
            "apply": keys.written(keys.APPLY, one.apply),
        }
        for environment, one in sorted(pairs.items())
    }
    write_file(file, json.dumps(document, indent=2) + "\n", private=True)


def _of_file(where: str, found: Any) -> Pairs:
    if not isinstance(found, dict) or found.keys() != set(_PAIRS) or not _are_texts(found):
        raise InvalidInput.of_file(
            where, f"must have the texts {', '.join(_PAIRS)}, as hybrid plan-keys writes them"
        )
    return Pairs(
        keys.signing_key(f"{where}: seal", found["seal"]),
        keys.opening_key(f"{where}: review", found["review"], keys.REVIEW),
        keys.opening_key(f"{where}: apply", found["apply"], keys.APPLY),
    )


def _texts(text: str) -> Mapping[str, str] | None:
    found = _json(text)
    return found if isinstance(found, dict) and _are_texts(found) else None


def _are_texts(found: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str) for value in found.values())


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def key_ring(file: Path | None) -> KeyRing:
    """The keys that this process can have."""
    return KeyRing(os.environ, file)
