"""Where telemetry is sent to: a store of one's own, or somebody's service.

What opens it stands in a Secret in each cluster, of which the file says the name. Left out: several destinations of one kind,
OAuth, client certificates and proxies.

https://github.com/grafana/k8s-monitoring-helm/tree/k8s-monitoring-4.4.0/charts/k8s-monitoring/docs/destinations (2026-12-01)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final
from urllib.parse import urlsplit

from pydantic import StringConstraints

from estate.model.base import Model
from estate.model.words import Words

_HTTPS: Final = 443
_PORT: Final = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"

TelemetryUrl = Annotated[
    str,
    StringConstraints(pattern=rf"^https://[-a-z0-9]+(\.[-a-z0-9]+)*(:{_PORT})?(/[-_.~A-Za-z0-9/]*)?$"),
    Words(
        "https://, a host in lower case, its port where that is not 443, and a path; no name, password or query"
    ),
]
"""Where a store takes telemetry in, by TLS."""

TenantId = Annotated[
    str,
    StringConstraints(pattern=r"^[-_.*'()!A-Za-z0-9]{1,150}$"),
    Words("at most 150 letters, digits and !-_.*'()"),
]
"""What the header X-Scope-OrgID says: https://grafana.com/docs/mimir/latest/configure/about-tenant-ids/ (excerpt, 2026-12-01)."""


class Authentication(StrEnum):
    """How whoever sends shows who it is."""

    NONE = "none"
    BEARER = "bearer"
    BASIC = "basic"


class Destination(Model):
    """One store."""

    url: TelemetryUrl
    """Where it takes telemetry in; the nodes and pods of each cluster have to reach it."""
    tenant: TenantId | None = None
    """Tenant that it is for, in stores that have several; none when absent."""
    authentication: Authentication = Authentication.BEARER
    """bearer: entry KIND-token of the Secret, where KIND is metrics, logs or traces. basic: entries KIND-username and
    KIND-password. none: whoever reaches it may send. bearer when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "token": "no file holds credentials; say authentication, and put them into the Secret",
        "password": "no file holds credentials; say authentication, and put them into the Secret",
        "username": "no file holds credentials; say authentication, and put them into the Secret",
    }

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or _HTTPS
