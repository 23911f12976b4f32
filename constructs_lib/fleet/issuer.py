"""Whose tokens a fleet takes for those of a cluster's service accounts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Issuer:
    """Who issues a cluster's tokens.

    Attributes:
        distribution: whose Kubernetes it is, in the service's words.
        url: URL of the issuer, literal or a reference.
        jwks: its public keys in base64, where the service cannot ask it for them.
    """

    distribution: str
    url: str
    jwks: str | None = None
