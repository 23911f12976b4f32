"""What a pull request changes of what judges is named, with whose approval it waits for."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.heads.approvals import read_approvals
from operations.heads.head import open_head
from operations.heads.judging import judges_changed
from operations.owners.shipped import codeowners_text
from operations.project import ROOT
from tests.operations.heads.checkouts import Checkouts, checkouts, git, write


def changed(both: Checkouts, *users: str) -> list[str]:
    """What is said."""
    both.approve(*users)
    head = both.opened()
    return [one.said for one in judges_changed(head, read_approvals(head, Path("approvals.json")))]


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/judge.yml",
        ".github/CODEOWNERS",
        "docs/CODEOWNERS",
        "deep/.gitattributes",
        "operations/review/risks.yaml",
        "operations/policy/rules/catalog.py",
        "estate/rules/x.py",
        "Makefile",
        "setup.sh",
        "requirements.lock",
        "requirements.txt",
        "package-lock.json",
        "environments/policy/waivers.yaml",
        "environments/policy/skipped_checks.yaml",
        "environments/promotion/acknowledgements.yaml",
        "environments/locks/dev.hcl",
        "tools/own.sh",
        # What the base's owners do not name, and nobody has added yet: make takes it before the Makefile, Python in the
        # place of its own module.
        "GNUmakefile",
        "venv.py",
        "deep/late.pth",
        ".npmrc",
        "environments/organization.yaml",
    ],
)
def test_what_judges_is_found(both: Checkouts, path: str) -> None:
    """Code, set-up, workflows, risk data, waivers, and what the base's owners mark."""
    both.push(path, "changed\n")

    [said] = changed(both)

    assert said.startswith(f"changes what judges the next one: {path}; counts once @")


def test_files_that_judge_nothing_are_left_alone(both: Checkouts) -> None:
    """An environment is what a plan is for; a mark that the head makes is no mark."""
    both.push("environments/dev.yaml", "environment: dev\n")
    both.push("README.rst", "hei\n")
    both.push("in/operations/x", "hei\n")

    assert changed(both) == []


def test_each_owner_is_asked_once(both: Checkouts) -> None:
    """Files that are gone, or have another mode, are changed too."""
    both.merge("Makefile", "all:\n")
    both.merge("setup.sh", "true\n")
    git(both.head, "rm", "-q", "Makefile")
    (both.head / "setup.sh").chmod(0o755)
    write(both.head / "tools" / "x", "")
    both.commit()

    assert changed(both, "ola") == [
        "changes what judges the next one: Makefile, setup.sh; counts once @kl/everybody has approved this commit",
        "changes what judges the next one: tools/x; approved by @ola",
    ]


def test_names_of_files_steer_no_terminal(both: Checkouts) -> None:
    """Git takes any byte."""
    both.push("tools/a\n::error::b", "")

    assert changed(both)[0].startswith(r"changes what judges the next one: tools/a\n::error::b; ")


def test_an_estate_in_a_folder_is_judged_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands elsewhere in its repository is others'."""
    made = checkouts(tmp_path, "kl")
    monkeypatch.chdir(made.base / "kl")
    for path in ("kl/environments/policy/waivers.yaml", "environments/policy/waivers.yaml", ".github/x"):
        write(made.head / path, "x")
    made.commit()
    made.approve()
    head = open_head(made.head / "kl", Path("environments"))

    assert [one.reason for one in judges_changed(head, read_approvals(head, None))] == [
        "changes what judges the next one: .github/x, kl/environments/policy/waivers.yaml"
    ]


def test_every_folder_of_code_judges() -> None:
    """One that is new is looked at: whether it decides what a pull request is held against."""
    names = {path.parts[len(ROOT.parts)] for path in ROOT.glob("*/*.py")} | {"hybrid_kubernetes"}
    shipped = codeowners_text((), checkout=True)

    assert {name for name in names if f"\n/{name}/ " not in shipped and not name.startswith(".")} == set()
