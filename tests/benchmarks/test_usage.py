"""Measuring a command."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.usage import CommandFailed, TookTooLong, environment, measure


def test_each_program_has_its_own_peak(tmp_path: Path) -> None:
    """Memory of a process below the measured one counts, and what was given back as well."""
    code = (
        "import subprocess, sys, time\n"
        "inner = 'import time; held = bytearray(90 << 20); time.sleep(0.5)'\n"
        "subprocess.run([sys.executable, '-c', inner])\n"
    )

    usage = measure([sys.executable, "-c", code], tmp_path, 30)

    assert list(usage.peak_mib) == ["python"]
    assert 90 < usage.peak_mib["python"] < 180


def test_processor_time_includes_what_was_started(tmp_path: Path) -> None:
    """Node's time counts although Python is the command that was started."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10_000_000))'])"

    usage = measure([sys.executable, "-c", code], tmp_path, 30)

    assert usage.cpu_seconds > 0.05


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """The end of what it printed says why."""
    with pytest.raises(CommandFailed, match=r"exit code 3\nit broke"):
        measure([sys.executable, "-c", "print('it broke'); raise SystemExit(3)"], tmp_path, 30)


def test_a_command_is_stopped_at_its_limit(tmp_path: Path) -> None:
    """A contender that hangs does not hang the benchmark."""
    with pytest.raises(TookTooLong):
        measure([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.2)


def test_variables_that_change_the_speed_are_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs without bytecode or with other Node options still measures what users have."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("NODE_OPTIONS", "--no-opt")

    assert environment().keys().isdisjoint({"PYTHONDONTWRITEBYTECODE", "NODE_OPTIONS"})
    assert "PATH" in environment()
