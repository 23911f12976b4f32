"""What tests of verbs are given in place of a synthesis, and of a file that was read before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from stacks import app
from tests.example import ENVIRONMENTS, ESTATE
from tests.operations.estate_files import file_bytes
from tests.operations.estate_folder import copied_files


def test_the_same_again_has_the_same_bytes_and_another_estate_has_others(tmp_path: Path) -> None:
    """Whatever of it is another: a value, or which environments are asked for."""
    dev = ESTATE.environments["dev"]
    other = dev.model_copy(update={"labels": {**dev.labels, "added": "yes"}})
    changed = replace(ESTATE, environments={**ESTATE.environments, "dev": other})

    for name, estate in (("one", ESTATE), ("two", load_estate(ENVIRONMENTS)), ("other", changed)):
        app.synthesize(estate, ["dev"], tmp_path / name)

    one, two, another = (file_bytes(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one.keys() == another.keys()
    assert b'"added": "yes"' in another["stacks/dev/cdk.tf.json"]


def test_a_file_that_is_read_again_has_the_same_mistakes(tmp_path: Path) -> None:
    """Each time, at its place."""
    folder = copied_files(ENVIRONMENTS, tmp_path)
    (folder / "dev.yaml").write_text(f"wrong: 1\n{(folder / 'dev.yaml').read_text()}")
    refused = []
    for _ in range(2):
        with pytest.raises(InvalidInput) as one:
            load_estate(folder)
        refused.append(one.value.problems)

    assert refused[0] == refused[1]
    assert len(refused[0]) == 1
