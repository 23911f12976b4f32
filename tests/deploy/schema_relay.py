"""A relay between Terraform and a provider that runs already, which hands on the schemas of what is made here alone.

AWS's provider knows 2,000 types. Every command of Terraform asks for the schemas of all, and making and reading them is
nine tenths of what a small plan costs. The relay asks once and leaves out the types that neither a stack nor a test
names; Terraform says of such a type that the provider does not support it. All else passes as it is, byte for byte.

Messages are those of https://github.com/hashicorp/terraform/tree/main/docs/plugin-protocol, versions 5 and 6, read
2026-11-30: ``GetProviderSchema.Response`` has resources in field 2 and data sources in field 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import grpc

from operations.project import ROOT

_SCHEMAS = ("/GetSchema", "/GetProviderSchema")
_STREAMS = ("/StreamStdio", "/StartStream")
_TYPES = (2, 3)

_NO_LIMIT = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_THREADS = 16

_IMPORTED = re.compile(r"from cdktf_cdktf_provider_(\w+)\.(?:data_\1_)?(\w+) import")
_WRITTEN = re.compile(r"\b(?:aws|google|vsphere)_\w+")


@contextmanager
def relayed(provider: Path, relay: Path) -> Iterator[None]:
    """Relay what comes to one socket to another while the block runs.

    Args:
        provider: the provider's socket.
        relay: where Terraform is to ask; the path has to be short.
    """
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=_NO_LIMIT)
    with grpc.insecure_channel(f"unix:{provider}", options=_NO_LIMIT) as channel:
        server.add_generic_rpc_handlers((_Relay(channel),))
        server.add_insecure_port(f"unix:{relay}")
        server.start()
        try:
            yield
        finally:
            server.stop(None).wait()


@cache
def types() -> frozenset[str]:
    """Every type that a construct imports or a test of this folder writes, and some that are no types."""
    made = {
        f"{provider}_{module}"
        for folder in ("constructs_lib", "stacks")
        for text in _texts(ROOT / folder)
        for provider, module in _IMPORTED.findall(text)
    }
    return frozenset(made.union(*(_WRITTEN.findall(text) for text in _texts(Path(__file__).parent))))


def trimmed(schemas: bytes, kept: Callable[[str], bool]) -> bytes:
    """A ``GetProviderSchema.Response`` without the types that are not kept.

    Args:
        schemas: as the provider answers.
        kept: whether a type stays, by its name.
    """
    view, at, parts = memoryview(schemas), 0, []
    while at < len(view):
        start = at
        field, body, at = _field(view, at)
        # An entry of a map: its key is field 1.
        if field not in _TYPES or kept(bytes(_field(body, 0)[1]).decode()):
            parts.append(view[start:at])
    return b"".join(parts)


class _Relay(grpc.GenericRpcHandler):
    """Hands on calls as they come."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._channel = channel
        self._schemas: bytes | None = None
        self._asking = Lock()

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """What answers a call; None where the provider's own output is asked for, which nobody reads here."""
        method = str(details.method)
        if method.endswith(_STREAMS):
            return None
        ask: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._channel.unary_unary(method)

        def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
            if method.endswith(_SCHEMAS):
                return self._all_schemas(ask, request)
            try:
                return bytes(ask(request))
            except grpc.RpcError as error:
                context.abort(error.code(), error.details() or "")
                raise

        return grpc.unary_unary_rpc_method_handler(answer)

    def _all_schemas(self, ask: Callable[[bytes], bytes], request: bytes) -> bytes:
        with self._asking:
            if self._schemas is None:
                self._schemas = trimmed(ask(request), types().__contains__)
            return self._schemas


def _field(message: memoryview, at: int) -> tuple[int, memoryview, int]:
    """Number, content and end of the field that begins at a place; only those with a length stand in these messages."""
    tag, at = _number(message, at)
    assert tag & 7 == 2, f"a field of wire type {tag & 7}"
    length, at = _number(message, at)
    return tag >> 3, message[at : at + length], at + length


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = message[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7


def _texts(folder: Path) -> Iterator[str]:
    return (path.read_text("utf-8") for path in sorted(folder.rglob("*.py")))
