"""Names of stacks come from a pull request's own run, and become paths and GitHub environments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.artifacts.estate_stacks import read_stacks


def listed(outdir: Path, name: str) -> list[str]:
    """The stacks of an output with this one."""
    folder = outdir / "stacks" / "dev"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cdk.tf.json").write_text('{"terraform": {"backend": {"gcs": {}}}}')
    entry = {"environment": name, "after": [], "reaches": []}
    (outdir / "stacks.json").write_text(json.dumps({"order": [name], "stacks": {name: entry}}))
    return [stack.name for stack in read_stacks(outdir, {})]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../stacks/dev", id="a path"),
        pytest.param("dev\nother", id="two lines"),
        pytest.param("dev\n", id="a line more"),
        pytest.param("-dev", id="an option"),
        pytest.param("Dev", id="no name of ours"),
    ],
)
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    """What synthesis makes has names of lower-case letters, digits and dashes."""
    assert listed(tmp_path, "dev") == ["dev"]

    with pytest.raises(InvalidInput) as refusal:
        listed(tmp_path, name)

    assert "which is no stack" in refusal.value.problems[0].message
