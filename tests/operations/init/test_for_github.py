"""What GitHub reads of an estate repository: the files that the product itself has there."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from operations.init.hosted import hosted
from operations.init.init import init
from operations.init.renew import renew
from operations.owners.codeowners import read_owners
from operations.project import ROOT
from tests.operations.init.wishing import UNTIL, wishes


def test_what_github_reads_is_written_once(tmp_path: Path) -> None:
    """Whose what is, how to report, and newer versions: the user's from then on, as no renewal touches them."""
    init(wishes(google=["nk-host"], owners=["@nk/platform", "@kari"]), tmp_path, UNTIL)
    texts = {name: (tmp_path / name).read_text() for name in hosted([])}

    assert sorted(texts) == [".github/CODEOWNERS", ".github/SECURITY.md", ".github/dependabot.yml"]
    owners = read_owners(texts[".github/CODEOWNERS"])
    made = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert {owners.of(path) for path in made} == {("@nk/platform", "@kari")}
    assert [path for path in made if not owners.judge(path) and not path.startswith("environments/")] == []
    updates = yaml.safe_load(texts[".github/dependabot.yml"])["updates"]
    assert [(one["package-ecosystem"], one["cooldown"]["default-days"]) for one in updates] == [
        ("github-actions", 7),
        ("pip", 7),
    ]
    for name in texts:
        (tmp_path / name).write_text("mine")
    assert renew(tmp_path / "environments", tmp_path, [], {}) == []


def test_an_estate_repository_gets_all_that_the_product_has_for_github(tmp_path: Path) -> None:
    """File by file; workflows and actions differ in their set-up alone, which makes no development tool either."""
    init(wishes(google=["nk-host"], owners=["@nk/platform"]), tmp_path, UNTIL)

    def files(root: Path) -> dict[str, str]:
        return {
            path.relative_to(root).as_posix(): path.read_text("utf-8")
            for path in (root / ".github").rglob("*")
            if path.is_file()
        }

    ours, theirs = files(ROOT), files(tmp_path)
    owned = {".github/CODEOWNERS", ".github/dependabot.yml"}
    set_up = re.compile(r"^( +(?:- )?run: ).*(?:make runtime|requirements\.txt).*$", re.MULTILINE)

    assert theirs.keys() == ours.keys()
    differing = {
        name for name in ours if set_up.sub(r"\1set up", ours[name]) != set_up.sub(r"\1set up", theirs[name])
    }
    assert differing == owned
    assert [name for name in theirs if "run: make" in theirs[name]] == []
    made = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    for_others = {"/.venv/", "/.hybrid/", ".DS_Store"}
    assert set(made) - set((ROOT / ".gitignore").read_text("utf-8").splitlines()) - for_others == set()
