"""The public keys of an issuer of tokens, as the API of attached clusters takes them."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, Final

from pydantic import AfterValidator, StringConstraints

from estate.model.words import Words

_MOST: Final = 65_536
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a key that are secret: RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1."""


def _public_keys(text: str) -> str:
    keys = _keys(text)
    if not keys or not all(isinstance(one, dict) and isinstance(one.get("kty"), str) for one in keys):
        message = (
            "must be the base64 of a set of keys (RFC 7517): kubectl get --raw /openid/v1/jwks | base64 -w0"
        )
        raise ValueError(message)
    if any(_PRIVATE.intersection(one) for one in keys):
        message = (
            "must hold public keys alone, and one of them is private: it is known from here on to whoever reads the "
            "repository, so have the cluster sign by another one"
        )
        raise ValueError(message)
    return text


def _keys(text: str) -> list[Any]:
    try:
        found = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return []
    keys = found.get("keys") if isinstance(found, dict) else None
    return keys if isinstance(keys, list) else []


Jwks = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=_MOST),
    AfterValidator(_public_keys),
    Words("the base64 of a set of public keys, in one line"),
]
"""Public keys in JWKS form (RFC 7517), in base64."""
