"""Declared admin clusters beside what gcloud shows; a small script stands in for it on PATH."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from estate.model.estate import Estate
from operations.check.live import Comparison, compare
from operations.cli import main
from tests.model.access.estates import environment, estate, organization
from tests.model.vmware.documents import ADMIN, SECTION, changed
from tests.operations.commands import make_command

Shows = Callable[[str], None]
MEMBERSHIP = "projects/kl-dev-host/locations/global/memberships/kl-dev-admin"
RUNNING = {
    "name": "projects/kl-dev-host/locations/europe-north1/vmwareAdminClusters/kl-dev-admin",
    "onPremVersion": "1.35.0-gke.525",
    "fleet": {"membership": "projects/123456789012/locations/global/memberships/kl-dev-admin"},
}
OTHERS = [{**RUNNING, "fleet": {"membership": f"{MEMBERSHIP}-2"}}, {"name": "no fleet"}, "no cluster"]


@pytest.fixture(name="gcloud")
def gcloud_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shows:
    """Puts a shell script on PATH as gcloud; it notes what it was asked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()

    def stand_in(script: str) -> None:
        make_command(tmp_path / "bin", "gcloud", f'echo "$@" >> {tmp_path}/asked\n{script}')
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    return stand_in


def listing(*clusters: Any) -> str:
    """A script that prints these admin clusters."""
    return f"cat <<'END'\n{json.dumps(clusters)}\nEND"


def dev(**changes: Any) -> Estate:
    """An estate whose dev has an admin cluster, with changes of the section."""
    return estate(organization(), environment("dev", vmware=changed(SECTION, **changes)), environment("prod"))


def asked(tmp_path: Path) -> list[str]:
    """The command lines that gcloud was run with."""
    return (tmp_path / "asked").read_text().splitlines()


def test_a_cluster_that_runs_what_is_declared(tmp_path: Path, gcloud: Shows) -> None:
    """Found by its membership, which gcloud shows with the project's number; nothing but a list is asked for."""
    gcloud(listing(*OTHERS, RUNNING))

    found = list(compare(dev(), ["dev", "prod"]))

    assert found == [Comparison("dev", MEMBERSHIP, "1.35.0-gke.525", "1.35.0-gke.525", None)]
    assert asked(tmp_path) == [
        "container vmware admin-clusters list --project=kl-dev-host --location=- --format=json --quiet"
    ]


def test_a_cluster_that_runs_something_else(gcloud: Shows) -> None:
    """The file is wrong, or the upgrade is still to come."""
    gcloud(listing({**RUNNING, "onPremVersion": "1.34.0-gke.566"}))

    [found] = compare(dev(), ["dev"])

    assert (found.declared, found.running) == ("1.35.0-gke.525", "1.34.0-gke.566")
    assert "write the version that runs into admin_cluster.version" in (found.problem or "")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (listing(*OTHERS), "gcloud shows none of that membership in kl-dev-host"),
        (listing(RUNNING, RUNNING), "gcloud shows 2 of that membership"),
        (listing({**RUNNING, "onPremVersion": ""}), "gcloud shows no version of it"),
        ("printf 'WARNING: old\\nERROR: no login' >&2; exit 1", "gcloud ended with 1: no login"),
        ("exit 3", "gcloud ended with 3: it said nothing"),
        ("echo NAME LOCATION", "gcloud printed no list in JSON"),
        ("echo '{}'", "gcloud printed no list in JSON"),
        ("sleep 300", "gcloud did not answer within 0.5 seconds"),
    ],
    ids=["unknown", "twice", "no version", "no login", "silent", "a table", "no list", "hangs"],
)
def test_what_cannot_be_found_out_is_a_problem(script: str, words: str, gcloud: Shows) -> None:
    """Never a pass."""
    gcloud(script)

    [found] = compare(dev(), ["dev"], patience_seconds=0.5)

    assert found.running is None
    assert words in (found.problem or "")


def test_gcloud_that_cannot_be_run(tmp_path: Path, gcloud: Shows) -> None:
    """A file of that name that is no program."""
    gcloud("")
    (tmp_path / "bin" / "gcloud").write_bytes(b"\x7fELF")

    [found] = compare(dev(), ["dev"])

    assert "gcloud cannot be run" in (found.problem or "")


def test_gcloud_does_not_outlive_an_interruption(gcloud: Shows, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a group of its own, so Ctrl-C does not come to it."""
    gcloud("exec sleep 300")
    started: list[subprocess.Popen[str]] = []

    def interrupted(self: subprocess.Popen[str], **_: object) -> tuple[str, str]:
        started.append(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)

    with pytest.raises(KeyboardInterrupt):
        list(compare(dev(), ["dev"]))

    assert started[0].wait() == -signal.SIGKILL


def test_no_gcloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for, so it is a failure and not silence."""
    monkeypatch.setenv("PATH", str(tmp_path))

    [found] = compare(dev(), ["dev"])

    assert "gcloud is not on PATH" in (found.problem or "")


def test_a_project_is_asked_once(tmp_path: Path, gcloud: Shows) -> None:
    """Environments may share an admin cluster."""
    gcloud(listing(RUNNING))
    alone = {"location": "europe-north1", "admin_cluster": ADMIN}
    whole = estate(
        organization(promotion=("dev", "test", "prod")),
        environment("dev", vmware=alone),
        environment("test", vmware=alone),
        environment("prod", vmware={"location": "europe-north1"}),
    )

    found = list(compare(whole, ["dev", "test", "prod"]))

    assert [(one.environment, one.problem) for one in found] == [("dev", None), ("test", None)]
    assert len(asked(tmp_path)) == 1


def write_estate(tmp_path: Path, section: dict[str, Any]) -> None:
    """Write one environment with this on-prem section."""
    folder = tmp_path / "environments"
    folder.mkdir()
    project = {"host_project": {"id": "kl-dev-host", "number": 123456789012}, "region": "europe-north1"}
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "google": project,
        "vmware": section,
        "fleet": {},
    }
    (folder / "organization.yaml").write_text("name: kl\ndomain: example.com\npromotion: [dev]\n")
    (folder / "dev.yaml").write_text(json.dumps(document))


@pytest.mark.parametrize(
    ("script", "code", "words", "last"),
    [
        (listing(RUNNING), 0, "as declared", ""),
        (
            listing({**RUNNING, "onPremVersion": "1.36.0-gke.532"}),
            3,
            "1.36.0-gke.532",
            "1 of 1 not as declared",
        ),
        ("exit 1", 2, "unknown", "1 of 1 not as declared or not found out"),
    ],
    ids=["as declared", "something else", "not found out"],
)
def test_the_command_says_so_and_ends_so(
    script: str,
    code: int,
    words: str,
    last: str,
    tmp_path: Path,
    gcloud: Shows,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As a table for people and as JSON for machines, with the same exit code."""
    write_estate(tmp_path, SECTION)
    gcloud(script)

    assert main(["check", "--live"]) == code
    printed = capsys.readouterr()
    assert main(["check", "dev", "--live", "--format", "json"]) == code
    [shown] = json.loads(capsys.readouterr().out)["admin_clusters"]

    assert words in printed.out
    assert last in printed.err
    assert (shown["environment"], shown["admin_cluster"]) == ("dev", MEMBERSHIP)
    assert (shown["problem"] is None) == (code == 0)


def test_an_estate_without_admin_clusters_asks_nobody(
    tmp_path: Path, gcloud: Shows, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing to compare, which is said."""
    write_estate(tmp_path, {"location": "europe-north1"})
    gcloud("exit 1")

    assert main(["check", "--live"]) == 0

    assert "no environment here has an admin cluster" in capsys.readouterr().out
    assert not (tmp_path / "asked").exists()
