"""Clusters of others in a fleet, for tests that change one thing in one."""

from __future__ import annotations

import base64
import json
from typing import Any

AKS: dict[str, Any] = {
    "distribution": "aks",
    "kubernetes": "1.34",
    "platform_version": "1.34.0-gke.2",
    "issuer": "https://westeurope.oic.prod-aks.azure.com/1b2c/3d4e/",
    "reached_by": {"context": "aks-web", "server": "https://web-1.hcp.westeurope.azmk8s.io"},
}


def jwks(*keys: object) -> str:
    """A set of keys in base64."""
    return base64.b64encode(json.dumps({"keys": list(keys)}).encode()).decode()


PUBLIC = jwks({"kty": "RSA", "kid": "a", "use": "sig", "alg": "RS256", "n": "sOmE", "e": "AQAB"})
INSIDE: dict[str, Any] = {
    "distribution": "generic",
    "kubernetes": "1.36",
    "platform_version": "1.35.0-gke.1",
    "issuer": "https://kubernetes.default.svc.cluster.local",
    "jwks": PUBLIC,
    "reached_by": {"context": "inside", "server": "https://10.40.0.10:6443"},
}
