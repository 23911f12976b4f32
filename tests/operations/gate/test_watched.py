"""What Atlantis plans for, against what stacks are made of."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from estate.reading.paths import first_few
from operations.artifacts.atlantis import CHECKOUT
from operations.gate.watched import inputs, is_watched, watched_findings
from operations.git import tracked
from operations.project import ENVIRONMENTS, ROOT

FORMER = ["environments/**", "**/*.py", "requirements.lock", "package-lock.json"]
BRINGS = re.compile(r"(?:requirements|package|pyproject)[\w.-]*\.(?:lock|json|toml)")

TOOLS = {".github", "manifests", "requirements-checkov.lock", "requirements-docs.lock"}


def write(root: Path, patterns: list[str]) -> None:
    """An atlantis.yaml with one project that watches these."""
    project = {"name": "lab", "autoplan": {"when_modified": patterns}}
    (root / "atlantis.yaml").write_text(yaml.safe_dump({"projects": [project]}), "utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an estate, a package that is loaded, one that is not, and words."""
    files = ["environments/lab.yaml", "environments/locks/lab.hcl", "cdktf.json", "setup.sh", "README.md"]
    files += ["maker/stack.py", "maker/facts.json", "tests/test_it.py", "other/unused.py", "loose.py"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    for name in ("maker/stack.py", "tests/test_it.py"):
        module = ModuleType(name)
        module.__file__ = str(tmp_path / name)
        monkeypatch.setitem(sys.modules, f"made_for_a_test.{name}", module)
    return tmp_path


def found(root: Path) -> list[str]:
    """What is found of it."""
    return [line.partition(", of which")[0] for line in watched_findings(root, root / ENVIRONMENTS)]


def test_the_estate_its_makers_and_set_up_are_what_stacks_are_made_of(repository: Path) -> None:
    """What lies in a loaded package counts, data too; words and tests do not."""
    assert list(inputs(repository, repository / ENVIRONMENTS)) == [
        "cdktf.json",
        "environments/lab.yaml",
        "environments/locks/lab.hcl",
        "maker/facts.json",
        "maker/stack.py",
        "setup.sh",
    ]


@pytest.mark.parametrize(
    ("patterns", "missed"),
    [
        (["**"], []),
        (["environments", "maker/**", "*.json", "setup.s?"], []),
        (["environments/**", "maker/*.py", "**/*.json", "setup.sh"], []),
        (["**", "!maker"], ["maker/facts.json", "maker/stack.py"]),
        (["**", "!maker", "maker/stack.py"], ["maker/facts.json"]),
        (FORMER, ["cdktf.json", "maker/facts.json", "setup.sh"]),
        (["**/*.yaml", "*.json", "*.sh"], ["environments/locks/lab.hcl", "maker/facts.json", "maker/stack.py"]),
        ([], ["cdktf.json", "environments/lab.yaml", "environments/locks/lab.hcl", "maker/facts.json", "maker/stack.py", "setup.sh"]),
    ],
)  # fmt: skip
def test_a_file_that_nobody_watches_is_found(
    repository: Path, patterns: list[str], missed: list[str]
) -> None:
    """By the patterns as Atlantis reads them."""
    write(repository, patterns)

    assert found(repository) == (
        [f"atlantis.yaml: lab: no plan is made when {first_few(missed, 5)} changes"] if missed else []
    )


def test_nothing_is_found_without_projects(repository: Path) -> None:
    """A team without Atlantis has no file; one that is none of ours is found elsewhere."""
    assert found(repository) == []
    for text in ("[", "- a\n", "projects:\n"):
        (repository / "atlantis.yaml").write_text(text, "utf-8")
        assert found(repository) == []


def test_a_folder_that_git_does_not_keep_is_made_of_nothing(tmp_path: Path) -> None:
    """Atlantis works on commits."""
    assert list(inputs(tmp_path, tmp_path / ENVIRONMENTS)) == []


def test_what_this_product_writes_watches_all_that_makes_a_stack() -> None:
    """What is loaded here, what a wheel carries to do the same, and what set-up installs by, but for tools and manifests."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = [name for name in wheel["only-include"] if name not in TOOLS]
    installed = set(BRINGS.findall((ROOT / "setup.sh").read_text())) - TOOLS
    made_of = {
        *inputs(ROOT, ROOT / ENVIRONMENTS),
        *(path for path in tracked(ROOT) if path.startswith(tuple(carried)) or path in installed),
    }
    assert {"constructs_lib/naming.py", "estate/facts/changes.json", "fastsynth/one_process.cjs"} < made_of
    assert {"cdktf.json", "setup.sh", "pyproject.toml", "requirements-bootstrap.lock"} < made_of

    def missed(patterns: Sequence[str]) -> set[str]:
        return {name for name in made_of if not is_watched(name, patterns)}

    assert missed(CHECKOUT.watched) == set()
    assert {"estate/facts/changes.json", "cdktf.json", "pyproject.toml"} < missed(FORMER)
