"""Names of stacks come from a pull request's own run, and become paths and GitHub environments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.artifacts.estate_stacks import read_stacks


def listed(outdir: Path, name: str, environment: str) -> list[str]:
    """The stacks of an output with this one."""
    folder = outdir / "stacks" / "dev"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cdk.tf.json").write_text('{"terraform": {"backend": {"gcs": {}}}}')
    entry = {"environment": environment, "after": [], "reaches": []}
    (outdir / "stacks.json").write_text(json.dumps({"order": [name], "stacks": {name: entry}}))
    return [stack.name for stack in read_stacks(outdir, {})]


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        pytest.param("../stacks/dev", "../stacks/dev", id="a path"),
        pytest.param("dev\nother", "dev\nother", id="two lines"),
        pytest.param("dev\n", "dev\n", id="a line more"),
        pytest.param("-dev", "-dev", id="an option"),
        pytest.param("Dev", "Dev", id="no name of ours"),
        pytest.param("dev", "prod", id="the identity of another environment"),
        pytest.param("dev-attach", "dev-attach", id="a companion as an environment"),
    ],
)
def test_a_name_that_says_something_else_is_refused(tmp_path: Path, name: str, environment: str) -> None:
    """Whose identity plans it is read off the name, too."""
    assert listed(tmp_path, "dev", "dev") == ["dev"]

    with pytest.raises(InvalidInput) as refusal:
        listed(tmp_path, name, environment)

    assert "no stack of its environment" in refusal.value.problems[0].message
