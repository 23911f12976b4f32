"""A Terraform for tests of what stands around it: does what a file beside it says, and writes down what it was told.

Real Terraform does the same in ``tests/deploy/test_pipeline.py``; this one needs no download and can be
made to fail in every way.
"""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROGRAM = """\
import json, os, sys

# What only some commands take is imported there: this is started many hundred times.
here = os.path.dirname(__file__) + "/"
orders = json.load(open(here + "orders.json"))
stack, command, *rest = sys.argv[1].removeprefix("-chdir=") + "/", *sys.argv[2:]
umask = os.umask(0)
environment = {name: os.environ[name] for name in os.environ if name.startswith(("TF_VAR_", "ACTIONS_", "HYBRID_", "GITHUB_"))}
with open(here + "log.jsonl", "a") as log:
    log.write(json.dumps({"command": [command, *rest], "pid": os.getpid(), "umask": umask, "environment": environment}) + "\\n")
os.umask(umask)
order = orders.get(command, {})
if command == "version":
    print(json.dumps({"terraform_version": orders["version"]}) if isinstance(orders["version"], str) else "?")
if command == "init" and orders.get("lock"):
    open(stack + ".terraform.lock.hcl", "w").write(orders["lock"])
if command in {"plan", "show"}:
    import zipfile
if command == "plan" and not order.get("exit") == 1:
    path = next(word for word in rest if word.startswith("-out=")).removeprefix("-out=")
    with zipfile.ZipFile(path, "w") as archive:
        # Field 21 is the time of a real one, of which nothing depends.
        said = json.dumps(orders["json"]).encode()
        length, head = len(said), [0xAA, 0x01]
        while length > 0x7F:
            head.append(length & 0x7F | 0x80)
            length >>= 7
        archive.writestr("tfplan", bytes.fromhex(orders["untold"]) + bytes([*head, length]) + said)
        archive.writestr("tfstate", json.dumps(orders["state"]))
        archive.writestr("tfstate-prev", json.dumps(orders["state"]))
        archive.writestr("tfconfig/modules.json", '[{"Key": "", "Dir": "."}]')
        for code in os.listdir(stack):
            if code.endswith(".tf.json"):
                archive.write(stack + code, "tfconfig/m-/" + code)
if command == "show":
    with zipfile.ZipFile(rest[-1]) as archive:
        said = archive.read("tfplan")
    print(said[said.index(b"{"):].decode())
for line in order.get("lines", []):
    print(line if isinstance(line, str) else json.dumps(line), flush=True)
if order.get("leaves"):
    import subprocess

    left = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    provider = subprocess.Popen([sys.executable, "-S", "-c", left], stdout=subprocess.PIPE, text=True)
    provider.stdout.readline()
    open(here + "left", "w").write(str(provider.pid))
if order.get("wait"):
    import signal, time

    came = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda one, _: came.append(one))
    open(here + "waiting", "w").close()
    while len(came) < order["wait"]:
        time.sleep(0.01)
    open(here + "came", "w").write(json.dumps(came))
    print(json.dumps({"type": "change_summary", "@message": "interrupted in order"}))
sys.stderr.write(order.get("stderr", ""))
sys.exit(order.get("exit", 0))
"""


@dataclass
class StandIn:
    """The stand-in.

    Attributes:
        folder: where it stands, with its orders.
        orders: by command, what it prints and how it ends.
    """

    folder: Path
    orders: dict[str, Any]

    @property
    def binary(self) -> str:
        """Its path."""
        return str(self.folder / "terraform")

    def order(self, **orders: Any) -> None:
        """Change what it does from now on."""
        self.orders.update(orders)
        (self.folder / "orders.json").write_text(json.dumps(self.orders))

    @property
    def log(self) -> list[dict[str, Any]]:
        """What it was told, call by call."""
        path = self.folder / "log.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def commands(self) -> list[str]:
        """The commands that it was given."""
        return [call["command"][0] for call in self.log]

    @property
    def pids(self) -> list[int]:
        """Which processes they were."""
        return [call["pid"] for call in self.log]


def stand_in(folder: Path) -> StandIn:
    """Put one into a folder: its plan changes something, and all goes well."""
    folder.mkdir()
    script = folder / "terraform.py"
    script.write_text(_PROGRAM)
    program = folder / "terraform"
    # By a shell, because a first line that names an interpreter takes no path with a space.
    words = shlex.join([sys.executable, "-S", str(script)])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    program.chmod(0o755)
    made = StandIn(folder, {})
    plan = {
        "terraform_version": "1.11.4",
        "variables": {"key": {"value": "from-the-plan"}, "n": {"value": 1}},
    }
    state = {"version": 4, "serial": 3, "lineage": "one", "resources": []}
    made.order(version="1.11.4", json=plan, plan={"exit": 2}, state=state, untold="0803")
    return made
