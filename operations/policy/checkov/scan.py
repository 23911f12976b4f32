"""One run of checkov over all stacks, and the proof that it looked at everything.

It starts once for all environments: starting takes longer than scanning. Nothing of the caller's environment
reaches it, so neither a setting nor a key of somebody's machine changes what it finds, and it has no network.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput, Problem
from operations import children
from operations.files.temporary import temporary_folder
from operations.policy.checkov.canary import GRAPH, PYTHON, write_canaries
from operations.policy.checkov.scan_copy import FILE, ScanCopy, write_scan_copies
from operations.policy.finding import Finding, Level
from operations.policy.stacks import Place, Stacks

_FRAMEWORK = "terraform_json"
# What it says of a check of its own that cannot go on; what went wrong is its last line.
_BROKEN = re.compile(rf"Failed to run check (\S+) on /([^/\s]+)/{re.escape(FILE)}:(\S+)")
_FOUND_SOMETHING = 1  # its exit code; the canaries see to it that there is something
_TIMEOUT_SECONDS = 600
# Nobody listens there: what tries to reach a network all the same fails at once.
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Scan:
    """What checkov found.

    Attributes:
        findings: failed checks, those that are skipped too.
        scanned: number of resources that it looked at, by stack.
        checks: ids of the checks that were asked of some resource.
    """

    findings: tuple[Finding, ...]
    scanned: Mapping[str, int]
    checks: frozenset[str]


def scan(stacks: Stacks, python: str) -> Scan:
    """Run checkov over the stacks.

    Args:
        stacks: what to look at.
        python: the interpreter that has checkov.

    Raises:
        InvalidInput: it could not run, could not read something, did not look at everything, or
            answered in a way that is not understood.
    """
    if not any(True for stack in stacks for _ in stack):
        return Scan((), {}, frozenset())
    with temporary_folder() as work:
        copies = write_scan_copies(stacks, work / "scan")
        answer = _ask(_run(python, work))
    found = _Answer(answer, copies)
    found.refuse_unseen(stacks)
    return Scan(tuple(found.findings()), found.scanned(), found.checks())


def _run(python: str, work: Path) -> subprocess.CompletedProcess[str]:
    home = work / "home"
    home.mkdir()
    command = [python, "-m", "checkov.main", "--directory", str(work / "scan"), "--framework", _FRAMEWORK]
    command += ["--external-checks-dir", str(write_canaries(work / "canary")), "--output", "json"]
    command += ["--compact", "--skip-download", "--download-external-modules", "false"]
    environment = {
        "PATH": os.defpath,
        # Settings are also taken from the home and the current folder.
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "ignore",
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE),
    }
    try:
        return children.run(
            command,
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            seconds=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(f"could not run: {error}") from error


def _ask(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What it answered, which is an answer only if nothing went wrong on the way."""
    said = done.stderr.strip().splitlines()
    if said:
        broken = [
            f"{check} breaks at {stack} {address}" for check, stack, address in _BROKEN.findall(done.stderr)
        ]
        raise _failed(f"did not run cleanly: {'; '.join([*dict.fromkeys(broken), said[-1].strip()])}")
    if done.returncode != _FOUND_SOMETHING:
        raise _failed(f"ended with {done.returncode}, although there is something to find in every scan")
    try:
        answer = json.loads(done.stdout)
        results = answer["results"]
        understood = (
            answer["check_type"] == _FRAMEWORK
            and isinstance(results["passed_checks"], list)
            and isinstance(results["failed_checks"], list)
        )
    except (ValueError, TypeError, KeyError):
        understood = False
    if not understood:
        raise _failed("answered in a form that is not understood; is it another version than the locked one?")
    unread = [f"{Path(path).parent.name}/{FILE}" for path in results["parsing_errors"]]
    if unread:
        raise _failed(f"could not read {', '.join(sorted(unread))}")
    if results["skipped_checks"]:
        raise _failed(f"skipped {len(results['skipped_checks'])} checks, and nothing here asks for that")
    return dict(results)


class _Answer:
    def __init__(self, results: dict[str, Any], copies: list[ScanCopy]) -> None:
        self._copies = {f"/{copy.stack}/{FILE}": copy for copy in copies}
        self._failed = [(check, self._place(check)) for check in results["failed_checks"]]
        self._passed = results["passed_checks"]

    def _place(self, check: dict[str, Any]) -> Place:
        """Where a result stands: checkov's own name for it may lack the type, its line does not."""
        copy = self._copies.get(check["file_path"])
        address = copy.address(check["file_line_range"][0]) if copy else None
        name = str(check["resource"]).rpartition(".")[2]
        if copy is None or address is None or address.rpartition(".")[2] != name:
            raise _failed(f"names {check['resource']} in {check['file_path']}, which is not there")
        return Place(copy.stack, address)

    def refuse_unseen(self, stacks: Stacks) -> None:
        """Refuse an answer that leaves a resource out.

        Raises:
            InvalidInput: one problem for each stack.
        """
        problems: list[Problem] = []
        for canary in (PYTHON, GRAPH):
            seen = {place for check, place in self._failed if check["check_id"] == canary}
            for stack in stacks:
                unseen = sorted(r.place.address for r in stack if r.place not in seen)
                if unseen:
                    problems += _failed(
                        f"did not look at {len(unseen)} of {sum(1 for _ in stack)} resources of {stack.name}, "
                        f"such as {unseen[0]}"
                    ).problems
        if problems:
            raise InvalidInput(problems)

    def scanned(self) -> dict[str, int]:
        """Number of resources seen, by stack."""
        counts: dict[str, int] = defaultdict(int)
        for check, place in self._failed:
            counts[place.stack] += check["check_id"] == PYTHON
        return dict(counts)

    def checks(self) -> frozenset[str]:
        """Ids of the checks that were asked of something."""
        asked = {check["check_id"] for check in self._passed} | {
            check["check_id"] for check, _ in self._failed
        }
        return frozenset(asked - {PYTHON, GRAPH})

    def findings(self) -> Iterator[Finding]:
        """Failed checks in order of place, the canaries left out."""
        seen: set[tuple[str, Place]] = set()
        for check, place in self._failed:
            id_ = check["check_id"]
            if id_ not in {PYTHON, GRAPH} and (id_, place) not in seen:
                seen.add((id_, place))
                yield Finding(id_, Level.MEDIUM, _in_words(check["check_name"]), place)


def _in_words(name: str) -> str:
    """The check's name, which begins with "Ensure" as a rule, as something to do."""
    text = name.strip().rstrip(".")
    return text[:1].lower() + text[1:]


def _failed(message: str) -> InvalidInput:
    return InvalidInput.of_file("checkov", message)
