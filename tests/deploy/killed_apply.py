"""An apply that is killed half-way, at a moment that the test chooses."""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path

from tests.deploy.workplace import Workplace

_PATIENCE_SECONDS = 180
_BEGUN = re.compile(r"^(\S+): Creating\.\.\.")
_DONE = re.compile(r"^(\S+): Creation complete")


def kill_apply_stuck_at(work: Workplace, type_: str) -> set[str]:
    """Start an apply, wait until nothing but resources of one type is under way, kill it with SIGKILL.

    The emulated AWS must have been told to let an action of that type hang.

    Returns:
        addresses that were being made when the end came.
    """
    log = work.folder / "apply.log"
    command = [work.tools.binary, f"-chdir={work.stack}", "apply", "-input=false", "-auto-approve"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=work.environment, stdout=output, stderr=output) as terraform,
    ):
        try:
            return _wait_until_stuck(work, log, terraform, type_)
        finally:
            terraform.kill()


def _wait_until_stuck(work: Workplace, log: Path, terraform: subprocess.Popen[bytes], type_: str) -> set[str]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert terraform.poll() is None, f"the apply ended by itself: {log.read_text('utf-8')}"
        lines = log.read_text("utf-8").splitlines()
        done = {found[1] for line in lines if (found := _DONE.match(line))}
        under_way = {found[1] for line in lines if (found := _BEGUN.match(line))} - done
        kinds = {address.split(".")[0] for address in under_way}
        # A line may be printed before the state is written.
        if kinds == {type_} and done <= addresses_in(work.state):
            return under_way
        time.sleep(0.1)
    raise AssertionError(f"the apply did not come to {type_}: {log.read_text('utf-8')}")


def addresses_in(state: Path) -> set[str]:
    """Addresses of the resources in a state file; none where Terraform has written nothing yet."""
    try:
        resources = json.loads(state.read_text("utf-8"))["resources"]
    except (FileNotFoundError, json.JSONDecodeError):
        # Terraform locks an empty file before it writes the first state, and writes over the old one.
        return set()
    return {f"{r['type']}.{r['name']}" for r in resources if r["mode"] == "managed" and r["instances"]}
