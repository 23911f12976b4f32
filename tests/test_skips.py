"""What is skipped is summed up, and what is wrong is listed as ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from operations.project import ROOT

TESTS = """
import pytest

NO_CLOUD = "the cloud is not\\n  on this machine"

@pytest.fixture
def cloud():
    pytest.skip(NO_CLOUD)

@pytest.mark.parametrize("number", range(3))
def test_in_the_cloud(cloud, number): ...

def test_in_the_cloud_by_itself():
    pytest.skip(NO_CLOUD)

@pytest.mark.skipif(True, reason="needs /dev/full")
def test_full(): ...

def test_wrong():
    assert 1 == 2

@pytest.mark.xfail(reason="known", strict=True)
def test_known():
    assert 1 == 2
"""


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_skips_are_one_line_for_each_reason(tmp_path: Path, workers: str) -> None:
    """As many tests as there are; failures keep their place in the list."""
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -rfExX\nxfail_strict = true\n", "utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:cacheprovider", workers],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    lines = ended.stdout.splitlines()
    assert ended.returncode == 1, ended.stdout
    assert [line for line in lines if " skipped: " in line] == [
        "4 tests skipped: the cloud is not on this machine",
        "1 test skipped: needs /dev/full",
    ]
    assert [
        line.partition(" - ")[0] for line in lines if line.startswith(("FAILED", "XFAIL", "SKIPPED"))
    ] == [
        "FAILED test_some.py::test_wrong",
        "XFAIL test_some.py::test_known",
    ]
