"""What workflows say to the commands: options that there are, variables that somebody reads."""

from __future__ import annotations

import re
import shlex
from functools import cache
from typing import Any

import typer.main

from operations.cli import app
from tests.source import ROOT
from tests.workflows.files import steps

_GITHUBS = {"GITHUB_TOKEN", "DIGEST", "STACK", "VSPHERE_USER", "VSPHERE_PASSWORD"}
"""Read by the verbs that ask GitHub, by the command line itself, and by a provider."""


@cache
def _hybrid() -> Any:
    return typer.main.get_command(app)


def called(run: str) -> tuple[Any, list[str]]:
    """The verb that a step calls, and the words that it gives it."""
    command = _hybrid()
    words = shlex.split(run.partition(" >> ")[0])[1:]
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    return command, words


def calls() -> list[tuple[str, Any, list[str], set[str]]]:
    """Every step that calls hybrid: its line, the verb, its words, and the variables that it sets."""
    found = [step for _, step in steps() if step.get("run", "").startswith(".venv/bin/hybrid ")]
    return [(step["run"], *called(step["run"]), set(step.get("env", {}))) for step in found]


def test_verbs_take_what_workflows_give_them() -> None:
    """A job would end with 2, on the first pull request after the merge."""
    wrong = []
    for run, command, words, _ in calls():
        options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        given = [word.partition("=")[0] for word in words if word.startswith("--")]
        wrong += [(run, word) for word in given if word not in options]

    assert wrong == []


def test_somebody_reads_each_variable() -> None:
    """A key that nobody asks for is one too many, and one that is called otherwise is none."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "operations").rglob("*.py")))
    read = set(re.findall(r"\"(HYBRID_[A-Z_]+)\"", text))

    assert {one for _, _, _, names in calls() for one in names} - read - _GITHUBS == set()


def test_what_a_verb_needs_is_given() -> None:
    """By a word or by a variable."""
    lacking = []
    for run, command, words, names in calls():
        for one in command.params:
            variables = {one.envvar} if isinstance(one.envvar, str) else set(one.envvar or ())
            by_word = any(word.partition("=")[0] in one.opts for word in words)
            by_place = one.param_type_name == "argument" and any(not word.startswith("--") for word in words)
            # What GitHub sets for every step.
            by_variable = bool(
                variables
                & (names | {"GITHUB_SHA", "GITHUB_RUN_ATTEMPT", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER"})
            )
            if one.required and not (by_word or by_place or by_variable):
                lacking.append((run, one.name))

    assert lacking == []
