"""The Node side: how the preload is handed over, and what it changes in a Node process."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import fastsynth
from fastsynth import node_options
from tests.fastsynth.interpreter import run

PRELOAD = Path(fastsynth.__file__).with_name("preload.cjs")
# What Node does before 22.15.
WITHOUT_HOOKS = "require('node:module').registerHooks = undefined;"


def node(script: Path, options: str) -> str:
    """Standard output of a Node script."""
    completed = subprocess.run(
        [os.environ.get("JSII_NODE", "node"), str(script)],
        env={**os.environ, "NODE_OPTIONS": options},
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    return completed.stdout.strip()


@pytest.fixture(params=["registerHooks", "_resolveFilename"])
def options(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """NODE_OPTIONS as install() leaves them, for a Node with and one without the public hooks."""
    present = ""
    if request.param == "_resolveFilename":
        (tmp_path / "without_hooks.cjs").write_text(WITHOUT_HOOKS)
        present = f'--require="{tmp_path}/without_hooks.cjs"'
    monkeypatch.setenv("NODE_OPTIONS", present)
    assert node_options.install() is None
    return os.environ["NODE_OPTIONS"]


def make_module(folder: Path, **files: str) -> Path:
    """Write a Node package that exports one word a file, and a script beside it that prints its own."""
    lib = folder / "lib"
    lib.mkdir(parents=True)
    (folder / "package.json").write_text('{"main": "lib/index.js"}')
    for name, word in files.items():
        (lib / f"{name.replace('_', '-')}.js").write_text(f"module.exports = {word!r};")
    script = folder / "use.js"
    script.write_text(f"console.log(require({str(folder)!r}));")
    return script


@pytest.mark.parametrize("name", ["@cdktf/provider-aws", "@cdktn/provider-google"])
def test_node_gets_the_lazy_index(name: str, options: str, tmp_path: Path) -> None:
    """Who requires a provider is given its lazy index."""
    script = make_module(tmp_path / name, index="eager", lazy_index="lazy")

    assert node(script, options) == "lazy"
    assert node(script, "") == "eager"


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("@cdktf/provider-aws", {"index": "eager"}),
        ("@cdktf/other-aws", {"index": "eager", "lazy_index": "lazy"}),
        ("cdktf", {"index": "eager", "lazy_index": "lazy"}),
    ],
    ids=["provider without one", "other package", "cdktf itself"],
)
def test_node_gets_what_it_asked_for_otherwise(
    name: str, files: dict[str, str], options: str, tmp_path: Path
) -> None:
    """A provider without a lazy index, and any other package, is resolved as ever."""
    script = make_module(tmp_path / name, **files)

    assert node(script, options) == "eager"


def test_appends_to_options_that_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Options somebody else set stay, and come first."""
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=4096")

    node_options.install()

    assert os.environ["NODE_OPTIONS"] == f'--max-old-space-size=4096 --require="{PRELOAD}"'


def test_appends_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process started by one that installed fastsynth does not add the preload again."""
    monkeypatch.delenv("NODE_OPTIONS", raising=False)

    node_options.install()
    inherited = os.environ["NODE_OPTIONS"]
    node_options.install()

    assert os.environ["NODE_OPTIONS"] == inherited == f'--require="{PRELOAD}"'


@pytest.mark.parametrize("folder", ["with a space", 'with "quotes"', "with \\ backslash", "with 'both' \"\\"])
def test_works_from_any_folder(folder: str, tmp_path: Path) -> None:
    """The package may lie in a folder whose name Node's quoting rules concern."""
    shutil.copytree(
        PRELOAD.parent, tmp_path / folder / "fastsynth", ignore=shutil.ignore_patterns("__pycache__")
    )
    script = make_module(tmp_path / "@cdktf/provider-aws", index="eager", lazy_index="lazy")

    installed, options = run(
        "import fastsynth, os; from fastsynth import activation; activation.install(); result = [fastsynth.__file__, os.environ['NODE_OPTIONS']]",
        path=(tmp_path / folder,),
    )

    assert Path(installed).parent == tmp_path / folder / "fastsynth"
    assert node(script, options) == "lazy"


def test_says_when_the_preload_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the JavaScript was not installed, NODE_OPTIONS is left alone and the reason given."""
    monkeypatch.delenv("NODE_OPTIONS", raising=False)
    monkeypatch.setattr(node_options, "__file__", str(tmp_path / "node_options.py"))

    reason = node_options.install()

    assert reason is not None
    assert "preload.cjs is missing" in reason
    assert "NODE_OPTIONS" not in os.environ
