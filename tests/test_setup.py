"""What set-up tells uv of what was said to pip; a stand-in takes the place of Python, so nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from operations.project import ROOT

_SAID = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INSECURE_HOST", "SSL_CERT_FILE")

_PYTHON = f"""#!/bin/sh
case "$*" in
"-m pip config get "*) cat "$(dirname "$0")/$5" 2>/dev/null ;;
"-m uv pip "*)
    for name in {" ".join(_SAID)}; do eval "echo $name=\\${{$name:-}}"; done >>uv.log
    [ ! -e fails-once ] || {{ rm fails-once; exit 1; }} ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the script and a stand-in for the interpreter that stands there already."""
    shutil.copy(ROOT / "setup.sh", tmp_path)
    for name in ("requirements-bootstrap.lock", "requirements-checkov.lock"):
        (tmp_path / name).touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(_PYTHON)
    python.chmod(0o755)
    (tmp_path / ".venv-checkov").mkdir()
    return tmp_path


def _told(checkout: Path, **variables: str) -> dict[str, str]:
    """What uv got to know."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    subprocess.run(
        ["sh", "setup.sh", "checkov"],
        cwd=checkout,
        env={**kept, **variables},
        check=True,
        capture_output=True,
    )
    pairs = [line.partition("=") for line in (checkout / "uv.log").read_text().splitlines()]
    return {name: value for name, _, value in pairs if value}


def test_uv_is_told_what_pip_was_told(checkout: Path) -> None:
    """Or the packages behind a mirror would be looked for in front of it."""
    told = _told(
        checkout,
        PIP_INDEX_URL="https://mirror.example.com/simple",
        PIP_EXTRA_INDEX_URL="https://one.example.com https://two.example.com",
        PIP_TRUSTED_HOST="mirror.example.com",
        PIP_CERT="/ca.pem",
    )

    assert told == {
        "UV_DEFAULT_INDEX": "https://mirror.example.com/simple",
        "UV_INDEX": "https://one.example.com https://two.example.com",
        "UV_INSECURE_HOST": "mirror.example.com",
        "SSL_CERT_FILE": "/ca.pem",
    }


def test_pips_configuration_counts(checkout: Path) -> None:
    """Several values stand below each other there; what is said for installing wins."""
    folder = checkout / ".venv" / "bin"
    (folder / "global.index-url").write_text("https://everything.example.com\n")
    (folder / "install.index-url").write_text("https://install.example.com\n")
    (folder / "global.extra-index-url").write_text("https://one.example.com\nhttps://two.example.com\n")

    assert _told(checkout) == {
        "UV_DEFAULT_INDEX": "https://install.example.com",
        "UV_INDEX": "https://one.example.com https://two.example.com",
    }


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_what_was_said_to_uv_stays(checkout: Path, name: str) -> None:
    """By its old name too."""
    said = {name: "https://uv.example.com", "UV_INDEX": "https://u.example.com", "SSL_CERT_FILE": "/uv.pem"}
    pip = {"PIP_INDEX_URL": "https://pip.example.com", "PIP_EXTRA_INDEX_URL": "https://p.example.com"}

    told = _told(checkout, **said, **pip, PIP_CERT="/pip.pem", UV_INSECURE_HOST="u")

    assert told == {key: value for key, value in said.items() if key in _SAID} | {"UV_INSECURE_HOST": "u"}


def test_nothing_is_invented(checkout: Path) -> None:
    """Without a mirror, uv asks whom it always asks; the second try is told no more than the first."""
    (checkout / "fails-once").touch()

    assert _told(checkout) == {}
    assert (checkout / "uv.log").read_text().count("UV_DEFAULT_INDEX=") == 2


_LISTENER = """#!/bin/sh
echo "$*" >>calls.log
"""


def _called(checkout: Path, *words: str) -> list[str]:
    """What Python was called with, installing; the first try of each package tool succeeds."""
    python = checkout / ".venv" / "bin" / "python"
    python.write_text(_LISTENER)
    for name in ("requirements.lock", "requirements-runtime.lock", "pyproject.toml"):
        (checkout / name).touch()
    (checkout / "calls.log").write_text("")
    environment = {"PATH": os.environ["PATH"], "PYTHON": str(python)}
    subprocess.run(["sh", "setup.sh", *words], cwd=checkout, env=environment, check=True, capture_output=True)
    return [line for line in (checkout / "calls.log").read_text().splitlines() if " install " in f" {line} "]


def test_what_runs_beside_credentials_is_installed_alone(checkout: Path) -> None:
    """By hash, from wheels, whose installation runs nothing; neither tools of developers nor anything of npm."""
    first = _called(checkout, "runtime")
    again = _called(checkout, "runtime")

    wheels = "--require-hashes --only-binary :all: -r requirements-bootstrap.lock"
    assert first == [
        f"-m pip install --quiet --disable-pip-version-check {wheels}",
        "-m uv pip install --python .venv/bin/python --require-hashes -r requirements-runtime.lock --only-binary :all:",
        "-m uv pip install --python .venv/bin/python --quiet --no-deps --no-build-isolation --offline -e .",
    ]
    assert again == []
    assert not (checkout / "node_modules").exists()


def test_a_tool_is_installed_from_wheels(checkout: Path) -> None:
    """Nobody looks at a hundred packages that build themselves."""
    (checkout / "requirements-checkov.lock").touch()
    assert _called(checkout, "checkov") == [
        "-m uv pip install --quiet --python .venv-checkov/bin/python --compile-bytecode --require-hashes "
        "--only-binary :all: -r requirements-checkov.lock"
    ]


def test_what_everything_needs_is_enough_to_run_with(checkout: Path) -> None:
    """Somebody's checkout is not made anew with less."""
    script = (checkout / "setup.sh").read_text()
    # npm would be asked for by the real thing.
    (checkout / "setup.sh").write_text(script.replace("    install_cdktf_cli\n", ""))
    everything = _called(checkout)
    runtime = _called(checkout, "runtime")

    assert "-r requirements.lock" in everything[1]
    assert runtime == []
