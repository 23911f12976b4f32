"""The owners' file that the product comes with: whose everything is that runs code, or can switch a check off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from operations.allowances.policy_files import SKIPPED, WAIVERS
from operations.git import git
from operations.owners.codeowners import PLACES, find_owners, read_owners
from operations.owners.gaps import owner_findings
from operations.owners.shipped import FILE, PLACEHOLDER, codeowners_text
from operations.project import ENVIRONMENTS, ROOT
from operations.promotion import gate as promotion
from operations.review import gate as review
from operations.terraform.locks import kept_lock
from tests.source import tracked_files

TEAM = "@example/platform"
CODE = (".py", ".sh", ".js", ".cjs", ".mjs", ".json", ".yaml", ".yml", ".toml", ".lock")
NAMES_WHAT_IT_RUNS = (
    "Makefile",
    "setup.sh",
    "cdktf.json",
    "package.json",
    "pyproject.toml",
    ".ci/",
    ".github/",
)
ADDED = {
    # What nobody has added yet, and who would take it without being told.
    "conftest.py": "pytest",
    "environments/conftest.py": "pytest",
    "pytest.ini": "pytest",
    ".pytest.ini": "pytest",
    "tox.ini": "pytest",
    "setup.cfg": "mypy and pytest",
    "mypy.ini": "mypy",
    ".mypy.ini": "mypy",
    "ruff.toml": "ruff",
    ".ruff.toml": "ruff",
    "docs/ruff.toml.py": "ruff",
    ".coveragerc": "coverage",
    "sitecustomize.py": "Python",
    "usercustomize.py": "Python",
    "rich.py": "Python, in the place of the library",
    "rich/__init__.py": "Python, in the place of the library",
    "yaml.cpython-311-x86_64-linux-gnu.so": "Python, in the place of the library",
    "docs/late.pth": "Python",
    "late-1.0.dist-info/entry_points.txt": "pydantic and pytest, for a plugin",
    "late.egg-info/entry_points.txt": "pydantic and pytest, for a plugin",
    "wheels/hybrid_kubernetes_as_code-0.1.0-py3-none-any.whl": "pip, where requirements.txt names the folder",
    "wheels/late-1.0.tar.gz": "pip, likewise, which builds it",
    "wheels/late-1.0.zip": "pip, likewise, which builds it",
    "late-1.0.egg": "Python",
    "docs/late-1.0.tgz": "npm",
    "GNUmakefile": "make, before the Makefile",
    "makefile": "make, before the Makefile",
    ".npmrc": "npm",
    "node_modules/cdktf-cli/bundled.js": "cdktf",
    "uv.toml": "uv",
    ".python-version": "uv",
    "hatch.toml": "hatchling",
    "hatch_build.py": "hatchling",
    ".checkov.yaml": "checkov",
    ".checkov.yml": "checkov",
    ".gitmodules": "git",
    ".gitattributes": "git",
    "cdktf.out/stacks/prod/more.tf": "Terraform",
    "cdktf.out/stacks/prod/more.tf.json": "Terraform",
    "environments/locks/prod.hcl": "Terraform",
    "plans/prod.plan": "hybrid apply",
    "review.md": "hybrid github comment, when nothing was written",
    "drift.md": "hybrid github issue, when nothing was written",
    "atlantis.yaml": "Atlantis",
    "requirements.txt": "pip",
    "zizmor.yml": "zizmor",
    "docs/CODEOWNERS": "GitHub",
    **dict.fromkeys(map(str, PLACES), "GitHub"),
}  # fmt: skip
JUDGED = (
    # What is judged, and does not judge: a change of it is what a pull request is for.
    "README.md",
    "docs/review.md",
    "environments/prod.yaml",
    "environments/refactoring/prod.yaml",
    "environments/snapshots/prod.tf.json",
    "environments/stateful/prod.txt",
)


def running() -> Iterator[str]:
    """What this repository keeps and runs, or judges by: computed from git, the package, and what names files."""
    files = tracked_files()
    listed = (line.split("\t") for line in git(ROOT, "ls-files", "--stage").decode().splitlines())
    yield from (path for about, path in listed if about.startswith("100755"))
    yield from (path for path in files if path.endswith((".py", ".sh", ".js", ".cjs", ".mjs")))
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = (*wheel["only-include"], *wheel["force-include"])
    yield from (
        path for path in files if path in carried or path.startswith(tuple(f"{one}/" for one in carried))
    )
    for name in (
        path for path in files if path.startswith(NAMES_WHAT_IT_RUNS) and path not in map(str, PLACES)
    ):
        yield name
        words = set(re.findall(r"[\w./-]+", (ROOT / name).read_text("utf-8")))
        yield from (path for path in files if path in words and path.endswith(CODE))


def judging_data() -> Iterator[str]:
    """What an estate's judges read, whether it is there or not; an environment is what they judge."""
    yield from (f"environments/policy/{name}" for name in (WAIVERS, SKIPPED))
    yield from (f"environments/{file.as_posix()}" for file in (promotion.FILE, review.FILE))
    yield kept_lock(ENVIRONMENTS, "prod").as_posix()


@pytest.mark.parametrize("checkout", [True, False], ids=["a clone", "an estate repository"])
def test_what_would_be_taken_without_being_told_judges(checkout: bool) -> None:  # noqa: FBT001 - a parameter
    """Files that are not there yet, by the tool that looks for them; and what people let pass."""
    owners = read_owners(codeowners_text([TEAM], checkout=checkout))

    asked = [*ADDED, *judging_data()]
    assert [path for path in asked if not owners.judge(path)] == []
    assert {owners.of(path) for path in (*asked, *JUDGED)} == {(TEAM,)}
    assert [path for path in JUDGED if owners.judge(path)] == []


def test_what_this_repository_runs_judges() -> None:
    """Every script, module, workflow and configuration, the data that it judges by, and what any of them names."""
    owners = read_owners(codeowners_text([TEAM], checkout=True))
    found = set(running())

    assert {"Makefile", "setup.sh", ".ci/run", "main.py", "cdktf.json", "requirements-checkov.lock"} <= found
    assert {
        "operations/review/risks.yaml",
        "estate/facts/aws/eks_versions.json",
        "tests/conftest.py",
    } <= found
    assert [path for path in sorted(found) if not owners.judge(path)] == []
    assert [path for path in tracked_files() if not owners.of(path)] == []


def test_no_line_takes_an_owner_away() -> None:
    """The last one that matches counts; several owners stand on each."""
    owners = read_owners(codeowners_text([TEAM, "@kari"], checkout=True))

    assert {line.owners for line in owners.lines} == {(TEAM, "@kari")}
    assert owners.lines[0].pattern == "*"
    assert not owners.lines[0].judges
    assert all(line.judges for line in owners.lines[1:])


def test_nobody_is_marked() -> None:
    """GitHub knows no such team and would ask nobody, so whoever fills files in finds it."""
    nobody = codeowners_text((), checkout=True)

    assert "# PLACEHOLDER: " in nobody
    assert {line.owners for line in read_owners(nobody).lines} == {(PLACEHOLDER,)}
    assert "PLACEHOLDER" not in codeowners_text([TEAM], checkout=True)


@pytest.mark.estate
def test_the_file_of_this_repository_is_complete() -> None:
    """Whoever's it is by now."""
    assert find_owners(ROOT) is not None
    assert list(owner_findings(ROOT, checkout=True)) == []
    text = (ROOT / FILE).read_text("utf-8")
    assert PLACEHOLDER not in text or text == codeowners_text((), checkout=True)
