"""The frozen estate as the example of a product."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from operations.init import example
from tests.example import ENVIRONMENTS


def known_example(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put it there, as if the product came with it after another one."""
    shutil.copytree(ENVIRONMENTS, folder / "environments")
    file = folder.parent / f"{folder.name}.json"
    file.write_text('[{"lab.yaml": "00"}]')
    example.write(file, folder / "environments")
    monkeypatch.setattr(example, "FILE", file)
