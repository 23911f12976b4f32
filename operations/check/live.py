"""``hybrid check --live``: whether admin clusters run the versions that the files say.

An admin cluster is made by hand, so its version in a file is a claim, and the rules for user clusters
stand on it. gcloud is asked what runs; it reads only. Whatever cannot be asked is a failure with its
reason, never a pass.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from estate.model.estate import Estate

PATIENCE_SECONDS = 60
"""How long gcloud may take to answer for one project."""


@dataclass(frozen=True)
class Comparison:
    """One environment's admin cluster.

    Attributes:
        environment: whose file says something of it.
        admin_cluster: full name of its membership.
        declared: the version that the file says.
        running: the version that it runs; None when that could not be found out.
        problem: what is wrong and what to do; None when it runs what the file says.
    """

    environment: str
    admin_cluster: str
    declared: str
    running: str | None
    problem: str | None


class CannotAsk(Exception):  # noqa: N818 - reads as the sentence it is
    """Gcloud does not tell what runs; the text says why."""


def compare(
    estate: Estate, names: Sequence[str], patience_seconds: float = PATIENCE_SECONDS
) -> Iterator[Comparison]:
    """Compare the admin cluster of each named environment that has one; gcloud is asked once a project."""
    answers: dict[str, list[Any] | str] = {}
    for name in names:
        vmware = estate.environments[name].vmware
        if vmware is None or vmware.admin_cluster is None:
            continue
        membership, declared = vmware.admin_cluster.membership, vmware.admin_cluster.version
        project = vmware.admin_cluster.project
        if project not in answers:
            answers[project] = _admin_clusters(project, patience_seconds)
        running, problem = _verdict(answers[project], membership, declared)
        yield Comparison(name, membership, declared, running, problem)


def _admin_clusters(project: str, patience_seconds: float) -> list[Any] | str:
    """The admin clusters of a project as gcloud shows them, or why it does not."""
    try:
        return _ask(project, patience_seconds)
    except CannotAsk as reason:
        return str(reason)


def _ask(project: str, patience_seconds: float) -> list[Any]:
    gcloud = shutil.which("gcloud")
    if gcloud is None:
        raise CannotAsk("gcloud is not on PATH; install it, or compare by hand")
    command = [gcloud, "container", "vmware", "admin-clusters", "list"]
    options = [f"--project={project}", "--location=-", "--format=json", "--quiet"]
    code, printed, complaint = _run([*command, *options], patience_seconds)
    if code:
        # Warnings come before what it failed for.
        why = " ".join(complaint.rpartition("ERROR:")[2].split())[:300]
        raise CannotAsk(f"gcloud ended with {code}: {why or 'it said nothing'}")
    try:
        listed = json.loads(printed)
    except json.JSONDecodeError:
        listed = None
    if not isinstance(listed, list):
        raise CannotAsk("gcloud printed no list in JSON; update it, or compare by hand")
    return listed


def _run(command: Sequence[str], patience_seconds: float) -> tuple[int, str, str]:
    """Run a command that may ask nothing, in a group of its own so that all of it can be stopped."""
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotAsk(f"gcloud cannot be run: {error.strerror}") from None
    with process:
        try:
            printed, complaint = process.communicate(timeout=patience_seconds)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise CannotAsk(f"gcloud did not answer within {patience_seconds:g} seconds") from None
            raise
    return process.returncode, printed, complaint


def _verdict(answer: list[Any] | str, membership: str, declared: str) -> tuple[str | None, str | None]:
    """The version that runs and what is wrong with it, each None when there is nothing to say."""
    if isinstance(answer, str):
        return None, answer
    # The project stands there by its number or by its id.
    _, project, place = membership.split("/", 2)
    found = [one for one in answer if _membership(one).endswith(f"/{place}")]
    if len(found) != 1:
        count = "none" if not found else str(len(found))
        return None, (
            f"gcloud shows {count} of that membership in {project}; correct admin_cluster.membership, or enrol the "
            "cluster: gcloud container vmware admin-clusters enroll"
        )
    running = found[0].get("onPremVersion")
    if not isinstance(running, str) or not running:
        return None, "gcloud shows no version of it; compare by hand"
    if running != declared:
        return running, "write the version that runs into admin_cluster.version, or upgrade the cluster"
    return running, None


def _membership(shown: Any) -> str:
    """Full name of the membership of an admin cluster as gcloud shows it, empty when it shows none."""
    fleet = shown.get("fleet") if isinstance(shown, dict) else None
    return str(fleet.get("membership", "")) if isinstance(fleet, dict) else ""
