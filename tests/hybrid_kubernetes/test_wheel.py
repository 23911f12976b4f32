"""The wheel, installed beside somebody else's packages, in a folder with nothing but data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from operations import cache
from operations.policy.checkov.environment import checkov_python
from tests.source import ROOT

MADE_FROM = {
    "cdktf-cli": (["package.json", "package-lock.json"], ROOT),
    "checkov": (["requirements-checkov.lock"], ROOT / ".venv-checkov"),
}


@dataclass(frozen=True)
class Installed:
    """An installed wheel.

    Attributes:
        wheel: the file.
        place: its virtual environment.
        estate: an estate that it made.
        environment: environment variables for its commands.
    """

    wheel: Path
    place: Path
    estate: Path
    environment: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands in the estate."""
        command = [str(self.place / "bin" / words[0]), *words[1:]]
        return subprocess.run(
            command, cwd=self.estate, env=self.environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built from this checkout, installed without a network; dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder / "dist"),
    ]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    place = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = str(place / "bin" / "python")
    install = ["pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, str(wheel)]
    subprocess.run([sys.executable, "-m", "uv", *install], check=True)
    (site,) = (place / "lib").glob("python*/site-packages")
    # A path in such a file brings its packages and none of its own such files, so not this checkout.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (site / "operations").mkdir()
    (site / "operations" / "__init__.py").write_text("raise ImportError('somebody else is operations')\n")
    (folder / "estate").mkdir()
    return Installed(wheel, place, folder / "estate", _environment(folder))


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of this checkout's, and what would be downloaded where it would be put."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(
            ("HYBRID_", "TF_", "NODE_", "PYTHON", "COVERAGE", "COV_", "VIRTUAL_ENV", "JSII_NODE")
        )
    }
    environment |= {"PATH": os.defpath, cache.VARIABLE: str(folder / "cache")}
    checkov_python()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.VARIABLE, environment[cache.VARIABLE])
        for name, (files, made) in MADE_FROM.items():
            place = cache.place_of(name, [ROOT / file for file in files])
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(made)
    return environment


def test_it_claims_one_name_and_carries_no_estate(installed: Installed) -> None:
    """What stands beside it in a shared site-packages is left alone."""
    names = zipfile.ZipFile(installed.wheel).namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"hybrid_kubernetes"}
    assert {name.split("/")[1] for name in names if name.startswith("hybrid_kubernetes/")} == {
        ".github",
        "__init__.py",
        "commands.py",
        "constructs_lib",
        "estate",
        "fastsynth",
        "main.py",
        "manifests",
        "operations",
        "package-lock.json",
        "package.json",
        "requirements-checkov.lock",
        "requirements-runtime.lock",
        "requirements.lock",
        "stacks",
    }
    assert [name for name in names if "__pycache__" in name or "/tests/" in name] == []


def test_it_does_everything_that_a_checkout_does(installed: Installed) -> None:
    """From an empty folder to policy and cdktf, with nothing there but data and cdktf.json."""
    told = ["--name", "nk", "--domain", "example.org", "--environments", "lab", "--aws", "-"]
    made = installed.run("hybrid", "init", *told, "--into", ".")
    checked = installed.run("hybrid", "check")
    synthesized = installed.run("hybrid", "synth")
    judged = installed.run("hybrid", "policy")
    stack = installed.estate / "cdktf.out/stacks/lab/cdk.tf.json"
    first = stack.read_bytes()
    shutil.rmtree(installed.estate / "cdktf.out")
    by_cdktf = installed.run("cdktf", "synth")

    runs = [made, checked, synthesized, judged, by_cdktf]
    assert [run.returncode for run in runs] == [0] * 5, [run.stderr for run in runs]
    assert "1 environment is valid" in checked.stdout
    assert "policy holds" in judged.stdout
    assert "setting up" not in judged.stderr + by_cdktf.stderr
    assert "resources  stateful" in by_cdktf.stdout
    assert stack.read_bytes() == first
    assert sorted(json.loads(first)["provider"]) == ["aws"]
    assert not list(installed.estate.glob("**/*.py"))
