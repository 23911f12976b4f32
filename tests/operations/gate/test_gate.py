"""The command, as a team runs it on its own estate."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.atlantis import FILE
from operations.cli import main
from operations.gate.again import main as main_again
from operations.policy.checkov.scan import Scan
from tests.operations.estate_files import file_bytes

PARTS = [
    "check",
    "schemas",
    "synth",
    "same bytes",
    "snapshots",
    "records",
    "pipelines",
    "policy",
    "promotion",
]
LOCAL = """\
waivers:
  - {stack: lab, resource: terraform.backend, rule: HYB_STATE_REMOTE, reason: for now, expires: "2020-01-31"}
"""
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def synthesized_again_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second synthesis in this process, which knows the first: `test_again.py` sees that it is another's."""

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        main_again(words[-2:])
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr("operations.gate.again.children", SimpleNamespace(run=run))


def results(out: str) -> dict[str, str]:
    """The result of each part by its name, times left out."""
    lines = {part: line for part in PARTS for line in out.splitlines() if line.startswith(f"{part} ")}
    return {part: " ".join(line.removeprefix(part).split()[:2]) for part, line in lines.items()}


def no_checkov() -> str:
    """Set-up where there is no network."""
    raise InvalidInput([Problem("checkov", 0, 0, "", "cannot be set up")])


def edit(name: str, old: str, new: str) -> None:
    """Replace a text in a file of the estate."""
    path = Path("environments") / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_day_that_is_past_is_found_on_it_and_noted_for_ever(project: Path, capsys: Capture) -> None:
    """On a day it stops; of the files alone it is said, and the same files stay right. Nothing is written."""
    edit("lab.yaml", "state: {s3: {bucket: nk-lab-tfstate, region: eu-north-1}}", "state: {local: {}}")
    (project / "environments" / "policy").mkdir()
    (project / "environments" / "policy" / "waivers.yaml").write_text(LOCAL, "utf-8")
    assert main(["gate", "--write"]) == 0
    before = file_bytes(project)
    capsys.readouterr()

    code = main(["gate", "--files-only"])
    always = capsys.readouterr()
    found = main(["gate", "--today", "2026-11-30"])
    on_the_day = capsys.readouterr()

    assert (code, found) == (0, 3)
    assert results(always.out) == {**dict.fromkeys(PARTS, "holds"), "promotion": "not asked:"} | {
        part: result for part, result in results(always.out).items() if result.startswith("holds ")
    }
    assert always.out.splitlines()[-1] == "the estate holds together whatever the day"
    late = [line for line in always.out.splitlines() if line.startswith("note: ")]
    assert [line.rpartition("(")[2] for line in late] == [
        "HYB_WAIVER_EXPIRED, high)",
        "HYB_STATE_REMOTE, high)",
    ]
    # Of the files alone it is said on the day on which one asks.
    assert [line for line in on_the_day.out.splitlines() if "(HYB_" in line] == [
        re.sub(r"today is [0-9-]{10};", "today is 2026-11-30;", line.removeprefix("note: ")) for line in late
    ]
    assert results(on_the_day.out)["policy"] == "2 findings"
    assert on_the_day.err == "2 findings; nothing was written\n"
    assert file_bytes(project) == before


def test_every_part_is_asked_whatever_another_finds(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be asked counts more than what was found; everything stands at the end."""
    monkeypatch.setattr("operations.policy.checkov.environment.checkov_python", no_checkov)
    folder = project / "environments"
    (folder / "snapshots" / "prod.tf.json").unlink()
    (folder / "snapshots" / "old.tf.json").write_text("{}", "utf-8")
    shutil.rmtree(folder / "stateful")
    (project / FILE).write_text("version: 3\n", "utf-8")
    edit("lab.yaml", "environment: lab", "# yaml-language-server: $schema=gone.json\nenvironment: lab")

    code = main(["gate"])

    said = capsys.readouterr()
    told = {part: result.partition(" ")[0] for part, result in results(said.out).items()}
    assert code == 2
    assert told == {
        "check": "holds",
        "schemas": "1",
        "synth": "holds",
        "same bytes": "holds",
        "snapshots": "2",
        "records": "2",
        "pipelines": "1",
        "policy": "refused,",
        "promotion": "not",
    }
    for finding in (
        "gone.json",
        "prod.tf.json: is missing",
        "old.tf.json: is of no stack",
        "lab.txt: lacks",
        FILE,
    ):
        assert finding in said.out
    assert said.err == "checkov: cannot be set up\n6 findings, 1 problem; nothing was written\n"


def test_wrong_files_are_refused_and_nothing_else_is_asked(project: Path, capsys: Capture) -> None:
    """Every other part would answer for files that nobody meant."""
    assert project.is_dir()
    edit("lab.yaml", "kms_keys", "kms_kies")

    code = main(["gate"])

    said = capsys.readouterr()
    assert code == 2
    assert said.out.count("not asked: check refuses the files") == len(PARTS) - 1
    assert "did you mean kms_keys?" in said.err
    assert said.err.endswith("1 problem; nothing was written\n")


def test_what_cannot_be_built_leaves_its_parts_out(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that only a construct finds too long; promotion needs no stacks."""
    assert project.is_dir()

    def refuse(*_: object) -> None:
        raise ValueError("name is too long")

    monkeypatch.setattr("stacks.app.synthesize", refuse)

    code = main(["gate"])

    said = capsys.readouterr()
    assert code == 2
    assert said.out.count("not asked: nothing was synthesized") == 5
    assert "not asked: there is no origin/main here" in said.out
    assert "name is too long" in said.err


def test_a_new_estate_is_told_how_to_begin(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept that could be wrong; what is made then holds."""
    monkeypatch.setattr("operations.policy.checkov.environment.checkov_python", no_checkov)
    shutil.rmtree(project / "environments" / "snapshots")
    shutil.rmtree(project / "environments" / "stateful")

    main(["gate"])
    said = capsys.readouterr()
    main(["gate", "--write"])
    written = capsys.readouterr()
    main(["gate", "--write"])
    again = capsys.readouterr()

    assert [line for line in said.out.splitlines() if line.startswith("note: ")] == [
        "note: no snapshots are kept yet; hybrid gate --write makes them, commit them",
        "note: no stateful addresses are recorded yet; hybrid gate --write records them, commit the records",
    ]
    assert said.err == "checkov: cannot be set up\n1 problem; nothing was written\n"
    assert written.out.splitlines() == [
        "environments/stateful/lab.txt written",
        "environments/stateful/prod.txt written",
        "environments/snapshots/lab.tf.json written",
        "environments/snapshots/prod.tf.json written",
        "4 changed; review the diff and commit it",
    ]
    assert again.out == "everything is current\n"


def test_writing_renews_atlantis_and_takes_away_what_is_gone(project: Path, capsys: Capture) -> None:
    """Where a team has the file."""
    (project / FILE).write_text("version: 3\n", "utf-8")
    (project / "environments" / "snapshots" / "old.tf.json").write_text("{}", "utf-8")

    assert main(["gate", "--write"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "environments/snapshots/old.tf.json taken away",
        "atlantis.yaml written",
        "2 changed; review the diff and commit it",
    ]
    assert "name: prod" in (project / FILE).read_text("utf-8")
    main(["gate", "--write"])
    assert capsys.readouterr().out == "everything is current\n"


def test_a_waiver_that_nothing_needs_yet_is_a_note(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be merged ahead of what needs it, whichever way the gate is asked."""
    monkeypatch.setattr("operations.gate.policy.scan", lambda *_: Scan((), {}, frozenset()))
    monkeypatch.setattr("operations.policy.checkov.environment.checkov_python", lambda: "python")
    (project / "environments" / "policy").mkdir()
    (project / "environments" / "policy" / "waivers.yaml").write_text(LOCAL.replace("2020", "2999"), "utf-8")

    codes = [main(["gate", *words]) for words in (["--files-only"], ["--today", "2026-11-30"])]

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("note: ")]
    assert codes == [0, 0]
    assert [line.partition("; ")[0] for line in told if "waivers" in line] == [
        "note: environments/policy/waivers.yaml:2:5: waivers[0]: nothing breaks HYB_STATE_REMOTE on terraform.backend of lab"
    ] * 2
