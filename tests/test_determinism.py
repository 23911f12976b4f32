"""The same input gives the same bytes, wherever and however it is synthesized."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from operations.cli import main
from operations.project import ROOT
from tests.example import ENVIRONMENTS, PLANS


def synthesize_elsewhere(outdir: Path, cwd: Path, **environment: str) -> None:
    """Run main.py as a process of its own, which is not measured."""
    measured = ("COVERAGE", "NODE_OPTIONS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(measured)}
    subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--folder", str(ENVIRONMENTS), "--output", str(outdir)],
        cwd=cwd,
        env={**kept, **environment},
        check=True,
        capture_output=True,
    )


def files(outdir: Path) -> dict[str, bytes]:
    """What was written."""
    return {str(p.relative_to(outdir)): p.read_bytes() for p in sorted(outdir.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output of this process, which has synthesized other things before."""
    outdir = tmp_path_factory.mktemp("first") / "cdktf.out"
    assert main(["synth", "--folder", str(ENVIRONMENTS), "--output", str(outdir)]) == 0
    return files(outdir)


def test_another_folder_hash_seed_time_zone_and_locale_change_nothing(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    """Every byte of the output comes from the files of the environments."""
    other = tmp_path / "a folder with a space" / "deep"
    other.mkdir(parents=True)

    synthesize_elsewhere(
        other / "elsewhere", other, PYTHONHASHSEED="4711", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", COLUMNS="40"
    )

    stacks = sorted(f"stacks/{name}/cdk.tf.json" for name in PLANS)
    written = sorted(name for name in first if "/assets/" not in name)
    assert written == ["manifest.json", "stacks.json", *stacks]
    assert {name.rsplit("/", 1)[1] for name in first if "/assets/" in name} == {"Chart.yaml", "manifest.yaml"}
    assert files(other / "elsewhere") == first


def test_no_stack_names_this_machine(first: dict[str, bytes]) -> None:
    """No absolute path, above all not in a backend."""
    for name, data in first.items():
        assert str(ROOT).encode() not in data, name


def test_one_environment_alone_has_the_same_bytes(first: dict[str, bytes], tmp_path: Path) -> None:
    """What stands beside an environment does not change it."""
    words = ["synth", "dev", "--folder", str(ENVIRONMENTS), "--output", str(tmp_path / "out")]
    assert main(words) == 0

    assert (tmp_path / "out/stacks/dev/cdk.tf.json").read_bytes() == first["stacks/dev/cdk.tf.json"]
    assert [path.name for path in (tmp_path / "out/stacks").iterdir()] == ["dev"]
