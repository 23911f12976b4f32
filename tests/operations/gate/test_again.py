"""The same stacks, synthesized once more elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.gate.again import differing_files, main


def test_another_process_makes_the_same_bytes(project: Path) -> None:
    """Files that differ, or that are only in one of the two, are named."""
    folder, outdir = Path("environments"), project / "out"
    main([str(folder), str(outdir)])

    assert list(differing_files(folder, outdir, project / "second")) == []

    lab = outdir / "stacks" / "lab" / "cdk.tf.json"
    lab.write_text(lab.read_text("utf-8") + "\n", "utf-8")
    (outdir / "more").write_text("", "utf-8")
    assert [finding.partition(":")[0] for finding in differing_files(folder, outdir, project / "third")] == [
        "more",
        "stacks/lab/cdk.tf.json",
    ]


def test_a_second_process_that_fails_is_refused(tmp_path: Path) -> None:
    """With the last thing that it said."""
    with pytest.raises(
        InvalidInput, match=r"second synthesis: failed where the first did not: .*is no folder"
    ):
        list(differing_files(tmp_path / "nowhere", tmp_path, tmp_path / "second"))
