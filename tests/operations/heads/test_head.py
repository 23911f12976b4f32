"""A head is a checkout of its own, as it was committed, in which no link is followed and nothing runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.heads.head import entries, open_head
from tests.operations.heads.checkouts import Checkouts, checkouts, git, write


def test_a_head_says_what_is_checked_out(both: Checkouts) -> None:
    """Its commit, its tree, and where its files stand in the repository."""
    both.push("environments/dev.yaml", "environment: dev\n")

    head = both.opened()

    assert (head.root, head.folder, head.outdir) == (
        Path("head"),
        Path("head/environments"),
        Path("head/cdktf.out"),
    )
    assert head.place == "environments"
    assert head.commit == git(both.head, "rev-parse", "HEAD")
    assert head.tree == git(both.head, "rev-parse", "HEAD^{tree}")
    assert head.tree != git(both.base, "rev-parse", "HEAD^{tree}")


def test_an_estate_may_stand_in_a_folder_of_its_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then both are named by that folder."""
    made = checkouts(tmp_path, "estates/kl")
    monkeypatch.chdir(made.base / "estates" / "kl")

    head = open_head(made.head / "estates" / "kl", Path("environments"))

    assert head.place == "estates/kl/environments"
    assert "estates/kl/environments/dev.yaml" in entries(head.root)
    with pytest.raises(InvalidInput, match="is no checkout of its own with the estate at estates/kl/"):
        open_head(_estate_in_its_root(tmp_path), Path("environments"))


def _estate_in_its_root(folder: Path) -> Path:
    other = checkouts(folder / "other").base
    shutil.rmtree(other / "head")
    return other


@pytest.mark.parametrize(
    ("root", "folder", "words"),
    [
        ("head", "/environments", "stands outside of the repository"),
        ("nowhere", "environments", "nowhere: holds no environments"),
        ("copy", "environments", "copy: is no checkout of its own with the estate at its root"),
        (".", "environments", "is no checkout of its own"),
    ],
    ids=["folder elsewhere", "no folder", "no repository of its own", "the base itself"],
)
def test_what_is_no_head_is_refused(both: Checkouts, root: str, folder: str, words: str) -> None:
    """A folder without a repository would be asked for the base's commit."""
    shutil.copytree(both.head / "environments", both.base / "copy" / "environments")

    with pytest.raises(InvalidInput, match=words):
        open_head(Path(root), Path(folder))


def test_a_head_outside_of_any_repository_is_refused(both: Checkouts, tmp_path: Path) -> None:
    """Git says why, and it is told of the folder."""
    assert both.base.is_dir()
    shutil.copytree(both.head / "environments", tmp_path / "copy" / "environments")

    with pytest.raises(InvalidInput, match="copy: is no checkout of a commit: not a git repository"):
        open_head(tmp_path / "copy", Path("environments"))


@pytest.mark.parametrize(
    "link", ["environments/dev.yaml", "environments/policy", "cdktf.out/stacks/dev/cdk.tf.json", "cdktf.out"]
)
def test_no_link_is_followed(both: Checkouts, link: str) -> None:
    """A mistake in what it leads to is told with a piece of it, which may be a key of this job."""
    path = both.head / link
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to("/proc/self/environ")
    if not link.startswith("cdktf.out"):
        both.commit()

    with pytest.raises(InvalidInput, match=f"head: holds what is no ordinary file or folder: {link};"):
        both.opened()


def test_what_is_no_file_is_not_read(both: Checkouts) -> None:
    """A pipe would be waited for."""
    os.mkfifo(both.head / "cdktf.out" / "stacks" / "pipe")

    with pytest.raises(InvalidInput, match=r"no ordinary file or folder: cdktf\.out/stacks/pipe;"):
        both.opened()


def test_what_differs_from_the_commit_is_refused(both: Checkouts) -> None:
    """Nobody approved it; what was synthesized is another matter, also where it is not ignored."""
    (both.head / ".gitignore").write_text("")
    both.commit()
    both.opened()
    write(both.head / "environments" / "policy" / "waivers.yaml", "waivers: []\n")

    with pytest.raises(
        InvalidInput, match="head: differs from its commit: environments/policy/; check it out anew"
    ):
        both.opened()


def test_nothing_of_a_head_runs(both: Checkouts, tmp_path: Path) -> None:
    """Neither its monitor nor a filter for its large files."""
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    script.chmod(0o755)
    both.push("environments/.gitattributes", "*.yaml filter=lfs\n")
    git(both.head, "config", "core.fsmonitor", str(script))
    for name in ("clean", "smudge"):
        git(both.head, "config", f"filter.lfs.{name}", f"{script}; cat")
    git(both.head, "config", "filter.lfs.required", "true")
    (both.head / "environments" / "dev.yaml").touch()

    both.opened()

    assert not (tmp_path / "ran").exists()


def test_files_that_make_up_a_repository_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with HEAD, objects and refs is one to git, with a config that names programs."""
    made = checkouts(tmp_path, "kl")
    bare = made.head / "kl"
    git(tmp_path, "init", "-q", "--bare", "made-up")
    for name in ("HEAD", "config"):
        shutil.copy(tmp_path / "made-up" / name, bare / name)
    write(bare / "objects" / "x", "")
    write(bare / "refs" / "heads" / "x", "")
    made.commit()
    monkeypatch.chdir(made.base / "kl")

    with pytest.raises(InvalidInput, match="cannot use bare repository"):
        open_head(bare, Path("environments"))


def test_files_are_told_apart_by_mode_and_content(both: Checkouts) -> None:
    """Without the base's knowing the head's objects."""
    both.push("new file", "x")
    (both.head / "environments" / "dev.yaml").chmod(0o755)
    both.commit()

    before, after = entries(both.base), entries(both.head)

    assert {path for path in after if before.get(path) != after[path]} == {
        "new file",
        "environments/dev.yaml",
    }
