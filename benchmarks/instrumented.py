"""``main.py`` with a clock: when each part begins, and what passes between Python and Node.

    python -m benchmarks.instrumented REPORT [ENV]... --folder FOLDER --output FOLDER

Leaves the report as JSON. The clock itself costs a few percent; nothing else of the programme changes.
"""

from __future__ import annotations

import time

_STARTED = time.time()  # before anything else is imported

import json  # noqa: E402
import sys  # noqa: E402
from collections import Counter, defaultdict  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402


class Clock:
    """Collects the report.

    Attributes:
        marks: when each part began, in seconds since the epoch.
        trips: number of requests to Node, by kind.
        created: number of objects created in Node, by type.
        waiting: seconds that Python waited for Node, by the last mark before.
    """

    def __init__(self) -> None:
        self.marks: dict[str, float] = {"started": _STARTED}
        self.trips: Counter[str] = Counter()
        self.created: Counter[str] = Counter()
        self.waiting: defaultdict[str, float] = defaultdict(float)

    def mark(self, name: str) -> None:
        """Note that the part ``name`` begins."""
        self.marks[name] = time.time()

    def watch_loading(self) -> None:
        """Mark where reading the files begins and ends."""
        import operations.artifacts.synthesis

        synth: Any = operations.artifacts.synthesis
        load = synth.load_estate

        def load_estate(*args: Any, **options: Any) -> Any:
            self.mark("load")
            estate = load(*args, **options)
            self.mark("imports")
            self.watch_node()
            return estate

        synth.load_estate = load_estate

    def watch_node(self) -> None:
        """Count what passes between Python and Node from here on, and mark what is known by it."""
        from jsii._kernel.providers import process as provider

        # Private, and the only place where everything passes.
        node: Any = provider._NodeProcess  # noqa: SLF001
        send, write, next_message = node.send, node._write, node._next_message  # noqa: SLF001

        def counted_send(process: Any, request: Any, response_type: Any) -> Any:
            kind = type(request).__name__.removesuffix("Request")
            if type(request) not in process._ways:  # noqa: SLF001
                self.trips[kind] += 1
            if kind == "Create":
                self.created[request.fqn] += 1
                if request.fqn == "cdktf.App":
                    self.mark("constructs")
            writes = kind == "Invoke" and request.method == "synth"
            if writes:
                self.mark("synth")
            response = send(process, request, response_type)
            if writes:
                self.mark("publish")
            return response

        def counted_write(process: Any, api: str, *arguments: Any) -> None:
            self.trips[api] += 1
            write(process, api, *arguments)

        def timed_next_message(process: Any) -> Any:
            began = time.perf_counter()
            message = next_message(process)
            self.waiting[next(reversed(self.marks))] += time.perf_counter() - began
            return message

        node.send, node._write = counted_send, counted_write  # noqa: SLF001
        node._next_message = timed_next_message  # noqa: SLF001

    def write(self, path: Path) -> None:
        """Leave the report."""
        report = {
            "marks": self.marks,
            "trips": self.trips,
            "created": self.created,
            "waiting": self.waiting,
        }
        path.write_text(json.dumps(report), "utf-8")


def main() -> int:
    """Run one synthesis and return its exit code."""
    clock = Clock()
    from operations.cli import main as run

    clock.watch_loading()
    code = run(["synth", *sys.argv[2:]])
    clock.mark("exit")
    clock.write(Path(sys.argv[1]))
    return code


if __name__ == "__main__":
    from operations.leave import leave

    leave(main())
