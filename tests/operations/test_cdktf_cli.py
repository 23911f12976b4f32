"""The pinned cdktf command line, run for real."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from estate.derived.stack_plan import stack_plans
from estate.reading.estate_loader import load_estate
from operations import cdktf_cli
from operations.project import ROOT
from tests.example import ENVIRONMENTS
from tests.operations.estate_folder import copied_files
from tests.operations.gate.foreign import FOREIGN


def with_app(folder: Path, environments: Path) -> Path:
    """A project with these environments, whose app is this repository's."""
    copied_files(environments, folder)
    settings = json.loads((ROOT / "cdktf.json").read_text())
    settings["app"] = f'"{sys.executable}" "{ROOT / "main.py"}"'
    (folder / "cdktf.json").write_text(json.dumps(settings))
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example in a folder with a space."""
    return with_app(tmp_path / "a project", ENVIRONMENTS)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Few stacks, which are synthesized soon."""
    return with_app(tmp_path / "a small project", FOREIGN)


def cdktf(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, without a terminal."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "NODE_"))}
    return subprocess.run(
        [sys.executable, "-m", "operations.entry", "cdktf", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_cdktf_synth_is_hybrid_synth(small: Path) -> None:
    """The same stacks, and the summary reaches the person."""
    run = cdktf(small, "synth")

    manifest = json.loads((small / "cdktf.out/manifest.json").read_text())
    assert run.returncode == 0, run.stderr
    assert sorted(manifest["stacks"]) == sorted(stack_plans(load_estate(FOREIGN)))
    assert ["stack", "resources", "stateful"] in [line.split()[:3] for line in run.stdout.splitlines()]
    assert "\x1b[2K" not in run.stdout


def test_mistakes_are_read_in_our_words_with_our_exit_code(small: Path) -> None:
    """Cdktf alone would wrap them in its own and exit 1."""
    path = small / "environments/lab.yaml"
    path.write_text(path.read_text().replace("environment: lab", "environment: lba"))

    run = cdktf(small, "synth")

    assert run.returncode == 2
    assert "environments/lab.yaml:1:14: environment: must be lab" in run.stderr
    assert "1 problem; nothing was written" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert not (small / "cdktf.out").exists() or not list((small / "cdktf.out").rglob("cdk.tf.json"))


@pytest.mark.parametrize("asked", ["sandbox-vsphere", "*-vsphere"])
def test_a_stack_that_cannot_log_in_is_not_begun(project: Path, asked: str) -> None:
    """The host has no address, so cdktf and its provider are not kept waiting for minutes."""
    path = project / "environments/sandbox.yaml"
    path.write_text(path.read_text().replace("vcenter.example.com", "vcenter.invalid"))

    run = cdktf(project, "diff", asked)

    assert run.returncode == 2
    assert "sandbox-vsphere: vcenter.invalid:443 " in run.stderr
    assert not (project / "cdktf.out").exists()


def test_other_stacks_are_not_held_up_by_vcenter(project: Path) -> None:
    """Nor are wrong files looked at twice: synthesis says what is wrong with them."""
    path = project / "environments/sandbox.yaml"
    path.write_text(path.read_text().replace("environment: sandbox", "environment: snadbox"))

    run = cdktf(project, "diff", "sandbox-vsphere")

    assert run.returncode == 2
    assert "environment: must be sandbox" in run.stderr


def test_help_and_version_are_cdktfs_own() -> None:
    """Nothing is added where nothing is synthesized."""
    run = cdktf(ROOT, "--version")

    assert (run.returncode, run.stdout.strip()) == (0, "0.21.0")


def test_help_of_a_synthesizing_verb_has_no_report() -> None:
    """Nothing was synthesized, so there is nothing to add."""
    run = cdktf(ROOT, "synth", "--help")

    assert run.returncode == 0
    assert "Synthesizes Terraform code" in run.stdout


def test_a_person_at_a_terminal_gets_a_table(small: Path) -> None:
    """The report is written for the one who reads it, as wide as the terminal."""
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "NODE_"))}
    with subprocess.Popen(
        [sys.executable, "-m", "operations.entry", "cdktf", "synth"],
        cwd=small,
        env={**environment, "TERM": "xterm"},
        stdout=follower,
        stderr=follower,
    ) as run:
        os.close(follower)
        seen = b""
        # The terminal ends with the process: then reading fails.
        with contextlib.suppress(OSError):
            while chunk := os.read(leader, 65536):
                seen += chunk
    os.close(leader)

    assert run.returncode == 0
    assert "╭" in seen.decode()


def test_without_set_up_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command is there before its packages are."""
    (tmp_path / "setup.sh").touch()
    monkeypatch.setattr("operations.project.ROOT", tmp_path)
    monkeypatch.setattr("operations.toolchain.ROOT", tmp_path)

    assert cdktf_cli.main() == 1
    assert "run make synth once" in capsys.readouterr().err


@pytest.fixture
def waiting(small: Path, tmp_path: Path) -> Path:
    """A file that is made once the app has written its stacks; there it waits."""
    marker = tmp_path / "written"
    settings = json.loads((small / "cdktf.json").read_text())
    # Measuring what is ended in the middle tells nothing.
    python = f'env -u COVERAGE_PROCESS_CONFIG "{sys.executable}"'
    settings["app"] = f'{python} -m tests.operations.held_synthesis "{marker}" synth'
    (small / "cdktf.json").write_text(json.dumps(settings))
    return marker


def assert_nothing_is_left(project: Path) -> None:
    """The app may still be clearing up; left running, it would keep its folder for ten minutes and then publish it."""
    while list(project.glob(".cdktf.out.new-*")):
        time.sleep(0.005)
    assert not (project / "cdktf.out/manifest.json").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_an_interruption_ends_cdktf_and_what_it_started(
    small: Path, waiting: Path, number: signal.Signals
) -> None:
    """It comes to this command alone, while the stacks are written; a line says so, and nothing is left."""
    with subprocess.Popen(
        [sys.executable, "-m", "operations.entry", "cdktf", "synth"],
        cwd=small,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while not waiting.exists():
            assert process.poll() is None
            time.sleep(0.005)
        os.kill(process.pid, number)
        _, error = process.communicate()

    assert process.returncode == 128 + number
    assert error.splitlines()[-1] == "interrupted"
    assert "Traceback" not in error
    assert_nothing_is_left(small)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "TERM"])
def test_an_interruption_on_a_terminal_is_a_line(small: Path, waiting: Path, number: signal.Signals) -> None:
    """Ctrl-C comes to everything at once, TERM to the command alone; the spinner's line goes."""
    pid, leader = pty.fork()
    if pid == 0:  # pragma: no cover - becomes the command
        os.chdir(small)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(  # noqa: S606 - no shell
            sys.executable, [sys.executable, "-m", "operations.entry", "cdktf", "synth"]
        )
    seen = b""
    while not waiting.exists():
        # Read, or the command waits for its reader; for a moment only, as it may have nothing to say.
        if select.select([leader], [], [], 0.005)[0]:
            seen += os.read(leader, 65536)
    if number == signal.SIGINT:
        os.write(leader, b"\x03")
    else:
        os.kill(pid, number)
    # The terminal ends with the process: then reading fails.
    with contextlib.suppress(OSError):
        while chunk := os.read(leader, 65536):
            seen += chunk
    os.close(leader)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 128 + number
    assert seen.decode().splitlines()[-1].endswith("interrupted")
    assert b"Traceback" not in seen
    assert_nothing_is_left(small)


def test_a_reader_that_is_gone_does_not_stop_it(small: Path) -> None:
    """What cdktf starts goes on; then the command ends as one does whose reader is gone."""
    read, write = os.pipe()
    os.close(read)

    run = subprocess.run(
        [sys.executable, "-m", "operations.entry", "cdktf", "synth"],
        cwd=small,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )

    os.close(write)
    assert run.returncode == 141
    assert b"EPIPE" not in run.stderr
    assert (small / "cdktf.out/manifest.json").is_file()


def test_nothing_is_advised_where_cdktf_goes_on(
    small: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever deploys needs no advice to deploy; and what failed stays the last word."""
    monkeypatch.chdir(small)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(small / "no-terraform"))
    monkeypatch.setattr(sys, "argv", ["cdktf", "diff", "lab"])

    assert cdktf_cli.main() == 1

    printed = capfd.readouterr()
    assert "next:" not in printed.out + printed.err
    assert "Synthesized" not in printed.out
