"""What cdktf runs in the place of Terraform."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from operations.terraform.guarded import guarding
from tests.operations.terraform.test_state_providers import laid

STRANGER = "registry.evil.test/hashicorp/google"
OURS = "registry.terraform.io/hashicorp/google"


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """A stack's folder, with a space in its name."""
    folder = tmp_path / "a stack"
    folder.mkdir()
    return folder


@pytest.fixture
def binary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Says how it was called, and ends with 3."""
    program = tmp_path / "terraform of mine"
    program.write_text('#!/bin/sh\necho "$TERRAFORM_BINARY_NAME:$HYBRID_TERRAFORM" "$@"\nexit 3\n')
    program.chmod(0o700)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(program))
    return program


def run(stack: Path, tmp_path: Path, *words: str) -> tuple[int, str, str]:
    """Run it as cdktf does: how it ended, and what it said."""
    environment = guarding(tmp_path)
    command = [environment["TERRAFORM_BINARY_NAME"], *words]
    ended = subprocess.run(
        command, cwd=stack, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout, ended.stderr


def test_it_is_terraform(stack: Path, binary: Path, tmp_path: Path) -> None:
    """The command that the person names, with all words, its output, its exit code and no trace of what was between."""
    laid(stack, ".terraform", OURS)

    assert run(stack, tmp_path, "-no-color", "apply", "-var=a=b c") == (
        3,
        f"{binary}: -no-color apply -var=a=b c\n",
        "",
    )


@pytest.mark.parametrize("words", [["init", "-input=false"], ["version", "-json"], ["-version"]])
def test_what_runs_no_provider_is_not_held_up(
    stack: Path, binary: Path, tmp_path: Path, words: list[str]
) -> None:
    """By `terraform init` the stack gets well again."""
    laid(stack, ".terraform", STRANGER)

    assert run(stack, tmp_path, *words) == (3, f"{binary}: {' '.join(words)}\n", "")


@pytest.mark.parametrize("verb", ["plan", "apply", "destroy", "refresh", "show", "output", "state", "import"])
@pytest.mark.usefixtures("binary")
def test_what_a_state_names_is_not_run(stack: Path, tmp_path: Path, verb: str) -> None:
    """Whoever writes a state would have a program of theirs run."""
    laid(stack, ".terraform", OURS, STRANGER)

    code, said, why = run(stack, tmp_path, verb, "-input=false")

    assert (code, said) == (2, "")
    assert f'its state has objects of "{STRANGER}"' in why


def test_without_terraform_it_says_so(stack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a line."""
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "no-such-terraform")

    assert run(stack, tmp_path, "plan") == (1, "", "no-such-terraform: No such file or directory\n")
