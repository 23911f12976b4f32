"""The pinned Node."""

from __future__ import annotations

import os
import subprocess

import pytest

from operations import toolchain


def test_the_pinned_node_runs() -> None:
    """Node 22, the newest that cdktf-cli runs on."""
    node = toolchain.node_folder() / "node"

    version = subprocess.run([str(node), "--version"], capture_output=True, text=True, check=True).stdout
    assert version.startswith("v22.")


def test_without_the_wheel_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than take whatever Node the system has."""
    monkeypatch.setattr(toolchain, "find_spec", lambda _: None)

    with pytest.raises(FileNotFoundError, match="run make synth once"):
        toolchain.node_folder()


def test_a_node_of_the_persons_own_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSII_NODE is jsii's own setting."""
    monkeypatch.setenv("JSII_NODE", "/usr/bin/other-node")

    toolchain.use_pinned_node()

    assert os.environ["JSII_NODE"] == "/usr/bin/other-node"
