"""Pipelines beside an estate."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.artifacts.atlantis import atlantis_yaml
from operations.artifacts.estate_stacks import HOSTED, Stack
from operations.gate.workflows import atlantis_findings, workflow_findings
from operations.project import ROOT

LAB = Stack("lab", "lab", (), (), HOSTED, "")
PROD = Stack("prod", "prod", (), (), HOSTED, "")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def workflow(text: str, name: str = "workflows/w.yml") -> None:
    """Write a workflow."""
    path = Path(".github") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def found() -> list[str]:
    """What is found in the workflows, where hybrid can check and synth."""
    return list(workflow_findings(Path(".github"), ["check", "synth"]))


def test_atlantis_knows_the_stacks() -> None:
    """A file of other stacks is shown with its difference; a team without Atlantis has none."""
    path = Path("atlantis.yaml")
    assert list(atlantis_findings(path, [LAB])) == []

    path.write_text(atlantis_yaml([LAB]), "utf-8")

    assert list(atlantis_findings(path, [LAB])) == []
    [differs] = atlantis_findings(path, [LAB, PROD])
    assert differs.startswith(
        "atlantis.yaml: is not that of these stacks; hybrid gate --write renews it\n---"
    )
    assert "+- name: prod" in differs


@pytest.mark.parametrize(
    "call",
    ["hybrid chek", ".venv/bin/hybrid chek --format json", "make setup && hybrid chek", "x; (hybrid chek)"],
)
def test_a_verb_that_there_is_not_is_found(call: str) -> None:
    """Wherever a shell would run it; with the one that was meant."""
    workflow(f"jobs: {{a: {{steps: [{{run: {call!r}}}, {{run: bin/hybrid synth}}]}}}}")

    assert found() == [".github/workflows/w.yml: calls hybrid chek, which there is not; did you mean check?"]


def test_a_verb_like_no_other_is_found_and_words_are_none() -> None:
    """In actions too; prose that names the project calls nothing."""
    workflow("runs: {steps: [{run: hybrid zzz}, {run: echo hybrid kubernetes}]}", "actions/a/action.yaml")

    assert found() == [".github/actions/a/action.yaml: calls hybrid zzz, which there is not"]


def test_what_handles_plans_uses_pinned_actions_only() -> None:
    """A tag can be moved to other code; workflows that do not call hybrid are not judged."""
    uses = [f"a/b@{COMMIT}", "a/b@v1", "./.github/actions/a", "$/.github/actions/a", "docker://x:1"]
    steps = ", ".join(f"{{uses: {one!r}}}" for one in uses)
    workflow(f"jobs: {{a: {{steps: [{steps}, {{run: hybrid check}}]}}}}")
    workflow(f"jobs: {{a: {{steps: [{steps}]}}}}", "workflows/other.yaml")

    assert found() == [
        ".github/workflows/w.yml: uses a/b@v1, whose code can change; pin it by its commit (40 hex digits)",
        ".github/workflows/w.yml: uses docker://x:1, whose code can change; pin it by its commit (40 hex digits)",
    ]


def test_what_is_no_yaml_is_found() -> None:
    """GitHub would leave it out without a word; one that is no text neither."""
    workflow("jobs: [")
    (Path(".github") / "workflows" / "x.yml").write_bytes(b"\xff")

    assert [finding.partition(": is not YAML: ")[0] for finding in found()] == [
        ".github/workflows/w.yml",
        ".github/workflows/x.yml",
    ]


def test_no_workflows_say_nothing() -> None:
    """Nobody has to use GitHub."""
    assert found() == []


def test_this_project_s_own_workflows_hold() -> None:
    """By the same questions."""
    from operations.cli import app

    verbs = ["adopt", "github"]
    verbs += [
        (c.name or c.callback.__name__).replace("_", "-") for c in app.registered_commands if c.callback
    ]
    assert list(workflow_findings(ROOT / ".github", verbs)) == []
