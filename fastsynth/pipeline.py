"""The conversation with Node: ask on without waiting for an answer that is known beforehand.

jsii sends a request and waits for its answer, so Python and Node take turns, some 1,600 times in a
stack of 500 resources. Node answers in the order in which it was asked, and most of what it says is
known: that a package was loaded or a value set, and how the next object of a type will be called.
Those answers are read later, when one is needed that is not known, and each is compared with what
was foreseen: another name, or an error, ends the programme before anything is written.

An attribute that others refer to is asked for once: a token for it does not change.

As soon as Node could call back into Python, because a Python class overrides a method or implements
an interface, every request waits for its answer, as without this module. An error that Node reports
to a request is raised by a later one; it says which was meant.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from fastsynth import one_process

# A pipe holds at least this much (64 KiB on Linux): writing less never blocks, so that Node and
# Python cannot wait for each other, each with a full pipe.
_UNREAD_BYTES: Final = 12 * 1024
_TOKEN: Final = re.compile(r"\$\{TfToken\[TOKEN\.[0-9]+\]\}")
# Private, so looked for before anything relies on them.
_HOOKS: Final = (
    "_NodeProcess",
    "_stack_traces_enabled",
    "_unstructure_ref",
    "jdefault",
    "ohook",
    "stderr_sink",
)
_METHODS: Final = ("_jsii_runtime", "_next_message", "handshake", "send", "start", "stop")


class Unforeseen(RuntimeError):  # noqa: N818 - says what happened
    """Node answered otherwise than foreseen; nothing has been written."""


class NodeEnded(RuntimeError):  # noqa: N818 - says what happened
    """Node ended before it was asked to; nothing has been written."""


def install() -> str | None:
    """Have the Node process that jsii starts next work while Python goes on.

    Returns:
        what is slower and why, when that cannot be done.
    """
    slower = "python and node take turns, half a second more for 500 resources"
    try:
        from jsii._kernel.providers import process
    except ImportError as error:
        return f"{slower}: jsii cannot be imported ({error})"
    missing = [name for name in _HOOKS if not hasattr(process, name)]
    missing += [name for name in _METHODS if not hasattr(getattr(process, "_NodeProcess", None), name)]
    if missing:
        return (
            f"{slower}: this jsii has no {', '.join(missing)} in jsii._kernel.providers.process; "
            "fastsynth was written for jsii 1.142"
        )
    # jsii's class takes part as it is; what comes before it replaces how requests are passed on.
    module: Any = process
    node = module._NodeProcess  # noqa: SLF001 - looked for above
    module._NodeProcess = type("PipelinedNode", (_Pipeline, node), {})  # noqa: SLF001 - as before
    return None


class _Pipeline:
    """What comes before jsii's ``_NodeProcess``."""

    _process: Any
    sink_thread: threading.Thread

    def __init__(self) -> None:
        super().__init__()
        from jsii._kernel import types
        from jsii._kernel.providers import process

        self._jsii: Any = process
        self._types = types
        # What waits for its answer: the size of the request, what it was, what to do with the answer.
        self._unread: deque[tuple[int, str, Callable[[], object]]] = deque()
        self._unread_bytes = 0
        # Traces of the host's stack are sent along by jsii's own way of asking only.
        self._takes_turns: bool = self._jsii._stack_traces_enabled()  # noqa: SLF001
        # Numbers of the newest object: the last that Node was asked for, the last that it told of.
        self._newest = self._newest_seen = 0
        # Which interfaces an object of a type has beside it: told by the first of each type.
        self._interfaces: dict[str, list[str] | None] = {}
        self._attributes: dict[tuple[str, str], Any] = {}
        self._ways: Mapping[type, Callable[[Any], Any]] = {
            types.LoadRequest: self._load,
            types.CreateRequest: self._create,
            types.SetRequest: self._set,
            types.GetRequest: self._get,
        }

    def start(self) -> None:
        """Start one Node process where jsii starts two, unless JSII_RUNTIME says what to start."""
        parent: Any = super()
        programme = None if "JSII_RUNTIME" in os.environ else one_process.programme(parent._jsii_runtime())  # noqa: SLF001
        if programme is None:
            parent.start()
            return
        self._process = one_process.start(programme)
        self.sink_thread = threading.Thread(
            name="process.stderr_sink",
            target=self._jsii.stderr_sink,
            args=(self._process.stderr,),
            daemon=True,
        )
        self.sink_thread.start()
        atexit.register(self.stop)
        self.handshake()

    def stop(self) -> None:
        """Have Node end; nothing is left to do where it never started, or has ended by itself."""
        parent: Any = super()
        if hasattr(self, "_process"):
            with suppress(BrokenPipeError):
                parent.stop()

    def handshake(self) -> None:
        """Take Node's greeting later: it starts while Python goes on."""
        parent: Any = super()
        self._unread.append((0, "start", parent.handshake))

    def send(self, request: Any, response_type: Any) -> Any:
        """Return the answer to a request; one that is known beforehand at once."""
        way = self._ways.get(type(request))
        if way is None or self._takes_turns:
            self._read_all()
            parent: Any = super()
            try:
                return parent.send(request, response_type)
            except BrokenPipeError:
                raise self._ended() from None
        return way(request)

    def _load(self, request: Any) -> Any:
        body = {"name": request.name, "version": request.version, "tarball": request.tarball}
        self._post("load", body, f"load {request.name}")
        # jsii does not look at the number of types.
        return self._types.LoadResponse(assembly=request.name, types=0)

    def _create(self, request: Any) -> Any:
        if request.overrides or request.fqn == "Object":
            self._takes_turns = True
            return self.send(request, self._types.CreateResponse)
        body = {"fqn": request.fqn, "args": request.args, "interfaces": request.interfaces}
        if request.fqn not in self._interfaces:
            created = self._ask("create", body)
            self._interfaces[request.fqn] = created.interfaces
            return self._types.CreateResponse(created.ref, created.interfaces)
        self._newest += 1
        foreseen = self._types.CreateResponse(f"{request.fqn}@{self._newest}", self._interfaces[request.fqn])
        id_ = next((argument for argument in request.args if isinstance(argument, str)), "")
        self._post("create", body, f"create {request.fqn} {id_}".rstrip(), foreseen)
        return foreseen

    def _set(self, request: Any) -> Any:
        body = {"objref": request.objref, "property": request.property, "value": request.value}
        self._post("set", body, f"set {request.property} of {request.objref.ref}")
        return self._types.SetResponse()

    def _get(self, request: Any) -> Any:
        key = (request.objref.ref, request.property)
        known = self._attributes.get(key)
        if known is None:
            answer = self._ask("get", {"objref": request.objref, "property": request.property})
            known = self._types.GetResponse(answer.get("value"))
            if _is_reference(*key, known.value):
                self._attributes[key] = known
        return known

    def _ask(self, api: str, body: Mapping[str, Any]) -> Any:
        """Send a request and wait for its answer, which comes after all that are still unread."""
        answer: list[Any] = []
        self._write(api, body, "", lambda: answer.append(self._okay()))
        self._read_all()
        return answer[0]

    def _post(self, api: str, body: Mapping[str, Any], what: str, foreseen: Any = None) -> None:
        """Send a request without waiting; compare its answer with what is ``foreseen``, if anything."""

        def compare() -> None:
            answer = self._okay()
            if foreseen and (answer.ref, answer.interfaces) != (foreseen.ref, foreseen.interfaces):
                message = f"node made {answer.ref} where {foreseen.ref} was foreseen"
                raise Unforeseen(message)

        self._write(api, body, what, compare)

    def _write(self, api: str, body: Mapping[str, Any], what: str, read: Callable[[], object]) -> None:
        line = json.dumps({"api": api, **body}, default=self._default).encode() + b"\n"
        while self._unread and self._unread_bytes + len(line) > _UNREAD_BYTES:
            self._read_one()
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None
        self._unread.append((len(line), what, read))
        self._unread_bytes += len(line)

    def _default(self, value: Any) -> Any:
        if isinstance(value, self._types.ObjRef):
            return self._jsii._unstructure_ref(value)  # noqa: SLF001 - looked for in install()
        return self._jsii.jdefault(value)

    def _read_all(self) -> None:
        while self._unread:
            self._read_one()

    def _read_one(self) -> None:
        size, what, read = self._unread.popleft()
        self._unread_bytes -= size
        try:
            read()
        except Exception as error:
            if what:
                error.add_note(f"the answer to an earlier request: {what}")
            self._forget_unread()
            raise

    def _forget_unread(self) -> None:
        """Pass over what was asked after a request that failed: it may be about an object that is not there."""
        for _ in range(len(self._unread)):
            self._noted_line(self._process.stdout.readline() or b"{}\n")
        self._unread.clear()
        self._unread_bytes = 0
        self._newest = self._newest_seen

    def _okay(self) -> Any:
        """Read an answer, or raise what jsii raises for an error."""
        message = self._next_message()
        if "ok" in message:
            return message["ok"]
        from jsii.errors import ErrorType, JavaScriptError, JSIIError

        failure = JSIIError if message["name"] == ErrorType.JSII_FAULT.value else RuntimeError
        trace: Any = JavaScriptError
        raise failure(message["error"]) from trace(message["stack"])

    def _next_message(self) -> Mapping[str, Any]:
        return self._noted_line(self._process.stdout.readline())

    def _noted_line(self, line: bytes) -> Mapping[str, Any]:
        if not line.endswith(b"\n"):
            raise self._ended()
        message: Mapping[str, Any] = json.loads(line, object_hook=self._noted)
        return message

    def _ended(self) -> NodeEnded:
        code = self._process.wait()
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return NodeEnded(
            f"ended {how} before it was done; look at what it said above, at the machine's memory and at its disk"
        )

    def _noted(self, part: dict[str, Any]) -> Any:
        """Translate a part of an answer as jsii does, and note the number of the newest object."""
        reference = part.get("$jsii.byref")
        if reference:
            self._newest_seen = max(self._newest_seen, int(reference.rpartition("@")[2]))
            self._newest = max(self._newest, self._newest_seen)
        return self._jsii.ohook(part)


def _is_reference(object_: str, property_: str, value: Any) -> bool:
    """Whether a value is a resource's attribute as other resources refer to it."""
    return (
        "/provider-" in object_
        and not property_.endswith("Input")
        and isinstance(value, str)
        and _TOKEN.fullmatch(value) is not None
    )
