"""AWS as moto emulates it, as a process: prints its port, obeys its standard input, ends when that does.

The input ends with whoever started the process, however that one ends, so no server is left behind.
Its lines make one action hang: ``before ACTION`` and it is never carried out, ``after ACTION`` and it
is, but nobody hears of it; ``open`` lets all go on. Each line is answered with one.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from tests.deploy import moto_corrections

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Gate:
    """Passes requests on to an application, except those of an action that shall hang."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._changed = Condition()
        self._order = ["open"]

    def obey(self, order: str) -> None:
        """Take an order: ``before ACTION``, ``after ACTION`` or ``open``."""
        with self._changed:
            self._order = order.split()
            self._changed.notify_all()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, or hang until the gate opens and break off."""
        order = self._order
        if order[0] == "open" or order[1] != _action(environ):
            return self._application(environ, start_response)
        if order[0] == "after":
            list(self._application(environ, lambda *_: None))
        with self._changed:
            self._changed.wait_for(lambda: self._order is not order)
        start_response("503 Service Unavailable", [])
        return []


def _action(environ: Environ) -> str:
    """The API's action in the two forms that say it: a form's field, or a header for JSON."""
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return str(target).rpartition(".")[2]
    if "form" not in environ.get("CONTENT_TYPE", ""):
        return ""
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode("utf-8")).get("Action", [""])[0]


def main() -> None:
    """Serve on a free port of the loopback interface until standard input ends."""
    moto_corrections.install()
    gate = Gate(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, gate, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        gate.obey(line)
        print("done", flush=True)
    # At once: nothing is to be kept, and taking apart what moto holds takes long on a busy machine.
    os._exit(0)


if __name__ == "__main__":
    main()
