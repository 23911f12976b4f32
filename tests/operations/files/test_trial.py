"""Environment files as they would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.files.trial import load_with
from tests.operations.estate_files import environment_text, file_bytes, write_estate


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One environment, with a refactoring file, in the current folder."""
    monkeypatch.chdir(tmp_path)
    environments = write_estate(tmp_path, dev=environment_text("dev", 2, "1.35.0-gke.525", {}))
    (environments / "refactoring").mkdir()
    (environments / "refactoring/dev.yaml").write_text("{}\n")
    (environments / ".dev.yaml.swp").write_text("an editor's")
    return environments


def test_a_trial_shows_what_would_be_and_writes_nothing(folder: Path) -> None:
    """The model is that of the new text; the files are as they were."""
    before = file_bytes(folder)

    estate = load_with(folder, {"dev.yaml": environment_text("dev", 2, "1.36.0-gke.532", {})})

    vmware = estate.environments["dev"].vmware
    assert vmware
    assert vmware.admin_cluster
    assert vmware.admin_cluster.version == "1.36.0-gke.532"
    assert file_bytes(folder) == before


def test_a_problem_names_the_file_that_a_person_knows(folder: Path) -> None:
    """Not the copy, which is gone by the time they look."""
    with pytest.raises(InvalidInput) as refused:
        load_with(folder, {"dev.yaml": "environment: dev\n", "refactoring/dev.yaml": "moved: 3\n"})

    assert [problem.file for problem in refused.value.problems] == [
        "environments/dev.yaml",
        "environments/refactoring/dev.yaml",
    ]
