"""What of an object in a state is secret, whoever marked it or not.

Terraform marks what a configuration called sensitive, and newer ones what a provider does, so names count too, and the
form of a text. Numbers and truths are kept: they say whether something is on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from estate.facts.secrets import secret_in
from estate.reading.wording import is_secret

Step = str | int
Paths = frozenset[tuple[Step, ...]]
"""Paths of keys and positions into attributes."""

_NO_SECRETS: Final = frozenset({"http_tokens", "secret_type", "secret_id", "token_url"})
"""Texts that are called after a secret and only say how one is had."""
_SECRETS: Final = frozenset(
    {
        "ciphertext",
        "client_certificate",
        "client_key",
        "customer_gateway_configuration",
        "kubeconfig",
        "metadata_startup_script",
        "plaintext",
        "user_data",
        "user_data_base64",
    }
)
"""What holds secrets, as a whole, and is not called after them: the XML of a VPN's keys, scripts.

https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/vpn_connection and the like (2026-11-30).
"""
_KEYS_OF: Final = frozenset({"md5_authentication_key", "md5_authentication_keys"})
"""Blocks of a name and a key, whose key is secret."""


def without_secrets(attributes: Mapping[str, Any], marked: Paths) -> tuple[dict[str, Any], frozenset[str]]:
    """Attributes without what is secret, and which attributes were taken out, with dots and without positions.

    Args:
        attributes: what Terraform knows of an object.
        marked: what a state marks as sensitive.
    """
    hidden: set[str] = set()
    kept = _kept(attributes, (), marked, hidden)
    return (kept if isinstance(kept, dict) else {}), frozenset(hidden)


_GONE: Final = object()


def _kept(value: Any, at: tuple[Step, ...], marked: Paths, hidden: set[str]) -> Any:
    if at in marked or _is_secret(at, value):
        if value not in (None, "", [], {}):
            hidden.add(".".join(step for step in at if isinstance(step, str)))
        return _GONE
    if isinstance(value, Mapping):
        below = {key: _kept(one, (*at, key), marked, hidden) for key, one in value.items()}
        return {key: one for key, one in below.items() if one is not _GONE}
    if isinstance(value, list):
        some = [_kept(one, (*at, n), marked, hidden) for n, one in enumerate(value)]
        return [one for one in some if one is not _GONE]
    return value


def _is_secret(at: tuple[Step, ...], value: Any) -> bool:
    names = [step for step in at if isinstance(step, str)]
    last = names[-1] if names else ""
    if last in _SECRETS or (last == "key" and not _KEYS_OF.isdisjoint(names[:-1])):
        return True
    if not isinstance(value, str):
        return False
    return secret_in(value) is not None or (last not in _NO_SECRETS and is_secret(tuple(names)))
