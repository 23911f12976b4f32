"""Which estate is the example that the product came with, and which is somebody's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.init import example
from operations.init.init import init
from tests import example as frozen
from tests.operations.init.wishing import UNTIL, wishes


def test_an_estate_that_is_not_the_example_is_left_alone(checkout: Path) -> None:
    """Whatever tells it apart is said at once: edits, files more or less, a state of what was applied."""
    (checkout / "environments/dev.yaml").write_text("mine")
    (checkout / "environments/lab.yaml").write_text("mine")
    (checkout / "environments/test.yaml").unlink()
    (checkout / ".state/sandbox").mkdir(parents=True)
    (checkout / ".state/sandbox/terraform.tfstate").touch()

    with pytest.raises(InvalidInput) as refusal:
        init(wishes(google=["nk-host"]), checkout, UNTIL)

    assert [(Path(one.file).name, one.message.split(";")[0]) for one in refusal.value.problems] == [
        ("terraform.tfstate", "is the state of something that was applied from here"),
        ("dev.yaml", "is not as the example has it"),
        ("lab.yaml", "is no file of the example"),
        ("test.yaml", "is missing of the example"),
    ]
    assert (checkout / "environments/dev.yaml").read_text() == "mine"


def test_the_example_of_this_version_is_known(tmp_path: Path) -> None:
    """`make snapshots` adds its digests; an estate of one's own that took its place is never taken for one."""
    known = tmp_path / "example.json"
    shutil.copy(example.FILE, known)

    example.write(known)

    assert known.read_text() == example.FILE.read_text()


def test_an_example_of_before_is_known(tmp_path: Path) -> None:
    """Whoever never touched theirs may have any of them; each is kept once, and nobody's own estate is."""
    folder, known = tmp_path / "environments", tmp_path / "example.json"
    shutil.copytree(frozen.ENVIRONMENTS, folder)
    known.write_text("[]")
    path = folder / "organization.yaml"
    older = path.read_text()

    example.write(known, folder)
    path.write_text(f"{older}# newer\n")
    example.write(known, folder)
    example.write(known, folder)
    path.write_text(older.replace("example.com", "nk.no"))
    example.write(known, folder)

    digests = [one["organization.yaml"] for one in json.loads(known.read_text())]
    assert len(digests) == len(set(digests)) == 2


@pytest.mark.parametrize("which", [0, 1], ids=["older", "newer"])
def test_any_example_is_told_apart_from_what_is_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    """Nothing is refused of an untouched one; of an edited one the edit alone is said."""
    folder, known = tmp_path / "environments", tmp_path / "example.json"
    shutil.copytree(frozen.ENVIRONMENTS, folder)
    known.write_text("[]")
    monkeypatch.setattr(example, "FILE", known)
    path = folder / "organization.yaml"
    texts = (path.read_text(), f"{path.read_text()}# newer\n")
    for text in texts:
        path.write_text(text)
        example.write(known, folder)
    path.write_text(texts[which])

    example.refuse_another(folder, tmp_path / ".state")
    (folder / "dev.yaml").write_text("mine")
    with pytest.raises(InvalidInput) as refusal:
        example.refuse_another(folder, tmp_path / ".state")

    assert [Path(one.file).name for one in refusal.value.problems] == ["dev.yaml"]
