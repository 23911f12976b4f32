"""What the machine refuses to Node, and what is a mistake of ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsii.errors import JavaScriptError

from fastsynth.pipeline import NodeEnded
from operations.cli import main
from operations.node_failure import node_failure
from tests.operations.gate.foreign import FOREIGN


def told(text: str, stack: str = "Error: at x") -> RuntimeError:
    """An error as jsii raises it."""
    error = RuntimeError(text)
    error.__cause__ = JavaScriptError(stack)  # type: ignore[no-untyped-call]  # jsii has no types
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NodeEnded("ended by signal 9"), "node: ended by signal 9"),
        (
            told("Error: ENOSPC: no space left on device, write"),
            "node: ENOSPC: no space left on device, write",
        ),
        (
            told("Cannot use the jsii package cache in /x: EEXIST: file already exists, mkdir '/x'. Fix it"),
            "node: Cannot use the jsii package cache in /x: EEXIST",
        ),
        (told("Cannot find module 'x'\nRequire stack"), "node: Cannot find module 'x'; jsii's cache"),
        (told("Missing initializer", "/x.js:3\nSyntaxError: Missing"), "remove /cache, and run this again"),
    ],
    ids=["ended", "full disk", "a file for a cache", "half a package", "half a file"],
)
def test_the_machine_is_told_in_a_line(
    error: RuntimeError, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do."""
    monkeypatch.delenv("JSII_RUNTIME_PACKAGE_CACHE", raising=False)
    monkeypatch.setenv("JSII_RUNTIME_PACKAGE_CACHE_ROOT", "/cache")

    line = node_failure(error)

    assert line
    assert words in line
    assert "\n" not in line


def test_a_mistake_of_ours_is_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a cache to blame that is not used."""
    monkeypatch.setenv("JSII_RUNTIME_PACKAGE_CACHE", "disabled")

    assert node_failure(RuntimeError("ENOSPC: nobody of Node's said so")) is None
    assert node_failure(told("Value is not of type string")) is None
    assert node_failure(told("Cannot find module 'x'")) is None


def test_synth_ends_with_that_line_and_exits_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as memory: Node is gone, and nothing is written."""

    def ended(*_: object) -> None:
        raise NodeEnded("ended by signal 9")

    monkeypatch.chdir(tmp_path)
    shutil.copytree(FOREIGN, "environments")
    monkeypatch.setattr("stacks.app.synthesize", ended)

    assert main(["synth"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "node: ended by signal 9"
    assert [path.name for path in tmp_path.iterdir()] == ["environments"]
