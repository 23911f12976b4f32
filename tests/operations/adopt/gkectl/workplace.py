"""A folder with gkectl's files, and with an environment where a test wants one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.cli import main
from tests.operations.adopt.gkectl.samples import ADMIN, BLOCKS, USER, Document, write_environments

INTO = ("--into", "dev")


class Workplace:
    """A folder that the command runs in; the files of the sample cluster lie in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.write("batch.yaml", USER)
        self.write("batch-ipblock.yaml", BLOCKS)
        self.write("admin.yaml", ADMIN)

    def write(self, name: str, content: Document | str | bytes) -> str:
        """Write a file, of data, text or bytes; returns its name."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = (
                content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, width=4096)
            )
            path.write_text(text, "utf-8", newline="")
        return name

    def environment(self, *text: str) -> Path:
        """Write an environment; returns its file."""
        return write_environments(self.folder, *text)

    def adopt(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command; returns exit code, standard output and standard error."""
        code = main(["adopt", "gkectl", *arguments])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def section(
        self, user: Document = USER, *, blocks: Document = BLOCKS, admin: Document = ADMIN
    ) -> Document:
        """The section that a cluster and its admin cluster become."""
        self.write("batch.yaml", user)
        self.write("batch-ipblock.yaml", blocks)
        self.write("admin.yaml", admin)
        code, out, err = self.adopt("batch.yaml", "admin.yaml")
        assert code == 0, err
        section: Document = yaml.safe_load(out)["vmware"]
        return section

    def cluster(
        self, user: Document = USER, *, blocks: Document = BLOCKS, admin: Document = ADMIN
    ) -> Document:
        """The cluster in that section."""
        (cluster,) = self.section(user, blocks=blocks, admin=admin)["user_clusters"].values()
        found: Document = cluster
        return found

    def refusal(self, *arguments: str) -> str:
        """What the command says of files or options that it refuses."""
        code, out, err = self.adopt(*arguments)
        assert (code, out) == (2, "")
        assert "nothing was written" in err
        return err

    def refusal_of(self, user: Document, *, blocks: Document = BLOCKS, admin: Document = ADMIN) -> str:
        """What it says of a cluster that it refuses."""
        self.write("batch.yaml", user)
        self.write("batch-ipblock.yaml", blocks)
        self.write("admin.yaml", admin)
        return self.refusal("batch.yaml", "admin.yaml")

    def place(self, text: str, name: str = "batch.yaml") -> str:
        """File and line of the last line of a file that holds a text."""
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return f"{name}:{max(number for number, line in enumerate(lines, 1) if text in line)}:"

    def files(self) -> dict[str, bytes]:
        """Every file by its path."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}


def read_yaml(path: Path) -> Any:
    """What a YAML file holds."""
    return yaml.safe_load(path.read_text("utf-8"))
