"""What zizmor, which knows how workflows are attacked, says of those that stand here and of those that init writes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from operations.init import repository
from operations.init.hosted import hosted
from operations.project import ROOT

FOLDER = ROOT / ".github"


def audited(folder: Path) -> list[str]:
    """What is found below a folder, of any severity, as ``rule file``; nobody is asked over a network.

    What a comment in a file ignores is none; a file that zizmor cannot read fails.
    """
    ended = subprocess.run(
        [
            *(
                str(Path(sys.executable).with_name("zizmor")),
                "--offline",
                "--no-progress",
                "--quiet",
                "--no-config",
                "--no-exit-codes",
            ),
            *("--collect=all", "--strict-collection", "--format=json-v1", str(folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return sorted(
        f"{finding['ident']} {Path(finding['locations'][0]['symbolic']['key']['Local']['verbatim_path']).name}"
        for finding in json.loads(ended.stdout)
    )


def test_it_finds_nothing_here() -> None:
    """Of any severity, in workflows, actions and what Dependabot is told."""
    assert audited(FOLDER) == []


def test_it_finds_nothing_in_what_init_writes(tmp_path: Path) -> None:
    """Users run their own zizmor over it, and believe it as they believe ours."""
    for name, text in (repository.workflows() | hosted([])).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    assert (tmp_path / ".github" / "workflows" / "apply.yml").is_file()
    assert (tmp_path / ".github" / "dependabot.yml").is_file()
    assert audited(tmp_path) == []


COMMAND = r"\.venv/bin/hybrid "
ANY_COMMIT = r"@[0-9a-f]{40} # v[0-9.]+"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        pytest.param("workflows/review.yml", "pull_request:", "pull_request_target:", "dangerous-triggers", id="a fork's code with our rights"),
        pytest.param("workflows/drift.yml", "persist-credentials: false", "show-progress: false", "artipacked", id="a token left on the disk"),
        pytest.param("workflows/apply.yml", COMMAND, "hybrid ${{ github.event.head_commit.message }} ", "template-injection", id="somebody's words in a shell"),
        pytest.param("workflows/apply.yml", ANY_COMMIT, "@main", "unpinned-uses", id="a branch"),
        pytest.param("actions/prepare/action.yml", ANY_COMMIT, "@v4", "unpinned-uses", id="a tag, in an action of ours"),
        pytest.param("workflows/drift.yml", r"uses: \$/", "uses: ./", "self-repository", id="whatever was checked out"),
        pytest.param("workflows/drift.yml", r"permissions:\n( {6}[a-z-]+: (read|write)\n)+", "permissions: write-all\n", "excessive-permissions", id="every right"),
        pytest.param("dependabot.yml", "default-days: 7", "default-days: 0", "dependabot-cooldown", id="a version of a minute ago"),
    ],
)  # fmt: skip
def test_it_finds_what_is_broken(tmp_path: Path, name: str, old: str, new: str, rule: str) -> None:
    """The check above can fail, for each kind of file."""
    shutil.copytree(FOLDER, tmp_path / ".github")
    path = tmp_path / ".github" / name
    text, replaced = re.subn(old, new, path.read_text("utf-8"))
    assert replaced

    path.write_text(text, "utf-8")

    assert f"{rule} {path.name}" in audited(tmp_path)


def test_a_file_that_it_cannot_read_is_not_passed_over(tmp_path: Path) -> None:
    """Nothing was found in it because nothing was looked at."""
    workflow = tmp_path / ".github" / "workflows" / "broken.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("jobs: [", "utf-8")

    with pytest.raises(AssertionError, match="broken"):
        audited(tmp_path)
