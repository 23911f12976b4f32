"""Connections that go the way that Terraform's providers take: through HTTPS_PROXY where that is set."""

from __future__ import annotations

import http.client
import ssl
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_HTTP = 80


def tls_connection(
    host: str, port: int, context: ssl.SSLContext, patience_seconds: float
) -> http.client.HTTPSConnection:
    """A connection with TLS that is still to be made."""
    by = _proxy(host)
    if by is None:
        return http.client.HTTPSConnection(host, port, timeout=patience_seconds, context=context)
    connection = _TlsByProxy(*by, timeout=patience_seconds, context=context)
    connection.set_tunnel(host, port)
    return connection


def plain_connection(host: str, port: int, patience_seconds: float) -> http.client.HTTPConnection:
    """A connection that is still to be made, without a word once it stands."""
    by = _proxy(host)
    if by is None:
        return http.client.HTTPConnection(host, port, timeout=patience_seconds)
    connection = _ByProxy(*by, timeout=patience_seconds)
    connection.set_tunnel(host, port)
    return connection


class _ByProxy(http.client.HTTPConnection):
    """Closes with itself what a proxy said, which keeps the socket open where that was no consent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._answers: list[http.client.HTTPResponse] = []

    def response_class(self, *args: Any, **options: Any) -> http.client.HTTPResponse:  # type: ignore[override]  # a class is called alike
        """Make an answer, and remember it."""
        self._answers.append(http.client.HTTPResponse(*args, **options))
        return self._answers[-1]

    def close(self) -> None:
        """Close the answers, then the connection."""
        for answer in self._answers:
            answer.close()
        super().close()


class _TlsByProxy(_ByProxy, http.client.HTTPSConnection):
    """The same with TLS."""


def _proxy(host: str) -> tuple[str, int] | None:
    proxy = getproxies().get("https")
    if not proxy or proxy_bypass(host):
        return None
    by = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    return by.hostname or "", by.port or _HTTP
