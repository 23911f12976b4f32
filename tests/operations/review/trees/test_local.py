"""A review that somebody runs in a checkout: of which trees it tells what changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from operations.cli import main
from tests.example import TREE
from tests.operations.estate_folder import copied_environments
from tests.operations.review.reviewed import change, plan

Capture = pytest.CaptureFixture[str]
FILE = Path("clusters/sandbox/apps/synced/50-team-access.yaml")
NOTE = "the tree of manifests was not compared"


def checkout(root: Path) -> Path:
    """The example with its tree, and a stack that is synthesized."""
    copied_environments(root)
    shutil.copytree(TREE, root / TREE.name)
    stack = root / "cdktf.out" / "stacks" / "sandbox"
    stack.mkdir(parents=True)
    (stack / "cdk.tf.json").write_text("{}")
    return root


@pytest.fixture(autouse=True)
def _head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout with a harmless plan, in which a team administers its namespaces."""
    root = checkout(tmp_path / "head")
    (root / FILE).write_text((root / FILE).read_text().replace("name: edit", "name: cluster-admin"))
    one = plan(change("aws_eip.a", "update", {"tags": 1}, {"tags": 2}))
    (root / "sandbox.json").write_text(json.dumps(one))
    monkeypatch.chdir(root)


def reviewed(capsys: Capture, *words: str) -> tuple[int, str]:
    """How a review ends, and what it prints."""
    code = main(["review", "sandbox.json", "--today", "2026-11-30", *words])
    return code, capsys.readouterr().out


def test_it_compares_with_the_checkout_that_the_base_s_stacks_stand_in(
    tmp_path: Path, capsys: Capture
) -> None:
    """By its files, with the findings of the plan."""
    checkout(tmp_path / "base")

    code, out = reviewed(capsys, "--base", "../base/cdktf.out")

    assert code == 3
    assert "sandbox: 3 changed" in out
    assert "critical becomes-administrator: Group seeiendom@example.com gets ClusterRole cluster-admin" in out
    assert f"{FILE}: it is not what its files say" in out
    assert NOTE not in out


@pytest.mark.parametrize("base", [[], ["--base", "base.out"], ["--base", "../stacks/cdktf.out"]])
def test_it_says_where_it_did_not(tmp_path: Path, capsys: Capture, base: list[str]) -> None:
    """Without a base, or with stacks that stand here or in no checkout: nothing is compared with itself."""
    for folder in (Path("base.out"), tmp_path / "stacks" / "cdktf.out"):
        shutil.copytree("cdktf.out", folder)

    code, out = reviewed(capsys, *base)

    assert code == 0
    assert f"note: {NOTE}" in out.lower()


def test_it_says_nothing_of_trees_where_there_is_none(capsys: Capture) -> None:
    """Neither of an estate without one, nor without an estate."""
    path = Path("environments/organization.yaml")
    text = path.read_text()
    path.write_text(text.replace(text[text.index("cluster_roles:") : text.index("break_glass:")], ""))

    _, of_estate = reviewed(capsys)
    shutil.rmtree("environments")
    _, of_none = reviewed(capsys, "--base", "cdktf.out")

    assert NOTE not in of_estate.lower()
    assert NOTE not in of_none.lower()
