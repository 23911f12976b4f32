"""The management service of GKE on AWS can be taken away by one commit: nothing else rests on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from stacks.app import synthesize
from tests.source import PROJECT, ROOT, tracked_files
from tests.wing import WING, renew, run, take_away, texts

FOREIGN = "tests/foreign_estate"
# Its names in code, in the words of people, and those of its own tools.
NAMES = re.compile(r"management.?service|gke.?on.?aws|anthos-gke", re.IGNORECASE)
# History and prose; estates and what was recorded of them are no text of the product.
MAY_NAME_IT = ("CHANGELOG.md", "README.md", "docs/")

EVERYTHING = """
import sys
from importlib import import_module
from pathlib import Path

from operations.artifacts.building import prepare

prepare()
for path in sorted(Path().rglob("*.py")):
    parts = path.with_suffix("").parts
    if parts[0] in {tops} and parts[-1] != "__main__":
        import_module(".".join(parts).removesuffix(".__init__"))

from operations.cli import main

sys.exit(main(["check", "--folder", "{estate}"]) or main(["synth", "--folder", "{estate}", "--output", "out"]))
"""


def stacks(outdir: Path) -> Mapping[str, bytes]:
    """What was synthesized."""
    found = sorted((outdir / "stacks").glob("*/cdk.tf.json"))
    return {path.parent.name: path.read_bytes() for path in found}


@pytest.fixture(name="rest", scope="module")
def product_without_it(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout, without estates, after it was taken away."""
    folder = tmp_path_factory.mktemp("rest")
    for name in tracked_files():
        if not name.startswith(("environments/", "tests/estate/", "tests/operations/review/plans/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    take_away(folder)
    renew(folder)
    return folder


def test_the_rest_works_and_makes_the_same(rest: Path, tmp_path: Path) -> None:
    """Every module is imported, and an estate without the service is checked and synthesized as before."""
    synthesize(load_estate(ROOT / FOREIGN), ["lab", "prod"], tmp_path)

    done = run(rest, "-c", EVERYTHING.format(tops=sorted(PROJECT - {"tests"}), estate=FOREIGN))

    assert done.returncode == 0, done.stderr
    assert set(stacks(tmp_path)) >= {"lab", "prod"}
    assert stacks(rest / "out") == stacks(tmp_path)


def test_nothing_names_it_any_more(rest: Path) -> None:
    """Neither code, tests among it, nor what is generated from it, nor a link to its page."""
    found = [
        f"{path.relative_to(rest)}:{number}: {line.strip()}"
        for path, text in texts(rest)
        for number, line in enumerate(text.splitlines(), 1)
        if NAMES.search(line)
        if "gke-on-aws.md" in line or not str(path.relative_to(rest)).startswith(MAY_NAME_IT)
    ]

    assert found == []


def test_its_files_are_called_alike() -> None:
    """So that whoever looks for it finds all of it, but for its page and this test."""
    own = {"docs/gke-on-aws.md", "tests/test_wing.py", "tests/wing.py"}

    assert [name for name in WING if "management_service" not in name] == sorted(own)
