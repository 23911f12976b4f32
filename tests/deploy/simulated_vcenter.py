"""A simulated vCenter for a test: vcsim of govmomi, started on a free port and ended by its id.

What it cannot do, as of govmomi 0.52: distributed switches by UUID, ids of roles, types of tag categories. So
only folders, resource pools, machines and rules are tried on it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SIMULATOR = "HYBRID_VCSIM"
"""Environment variable with the path of a vcsim command."""

_SAYS = re.compile(r"GOVC_URL=https://(?P<user>[^:@]+):(?P<password>[^@]+)@(?P<server>[^/\s]+)")


@dataclass(frozen=True)
class SimulatedVcenter:
    """Where it answers, and as whom one logs in.

    Attributes:
        server: host and port.
        user: good nowhere else.
        password: good nowhere else.
    """

    server: str
    user: str
    password: str


def find_simulator() -> str | None:
    """The vcsim command, from the variable or from PATH."""
    return os.environ.get(SIMULATOR) or shutil.which("vcsim")


@contextmanager
def simulated_vcenter(binary: str) -> Iterator[SimulatedVcenter]:
    """Serve vcsim's own inventory while the block runs."""
    with subprocess.Popen([binary, "-l", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            found = _SAYS.search(line)
            assert found, f"vcsim says {line!r} instead of its URL"
            yield SimulatedVcenter(found["server"], found["user"], found["password"])
        finally:
            process.terminate()
            process.wait(timeout=30)
