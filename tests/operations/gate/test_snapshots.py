"""Golden texts of stacks beside the environment files."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.gate.snapshots import has_snapshots, snapshot_findings, snapshot_path, write_snapshots
from operations.texts.difference import LONGEST, difference


@pytest.fixture
def outdir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two stacks, as synthesized."""
    monkeypatch.chdir(tmp_path)
    for name in ("lab", "prod"):
        stack = tmp_path / "out" / "stacks" / name
        stack.mkdir(parents=True)
        (stack / "cdk.tf.json").write_text(f'{{\n  "stack": "{name}"\n}}', "utf-8")
    return tmp_path / "out"


def found(outdir: Path) -> list[str]:
    """What is found in the folder environments."""
    return list(snapshot_findings(Path("environments"), outdir, ["lab", "prod"]))


def test_what_is_written_is_found_to_be_current(outdir: Path) -> None:
    """Byte for byte; and written once only."""
    folder = Path("environments")
    assert not has_snapshots(folder)

    assert write_snapshots(folder, outdir, ["lab", "prod"]) == [
        snapshot_path(folder, "lab"),
        snapshot_path(folder, "prod"),
    ]

    assert has_snapshots(folder)
    assert found(outdir) == []
    assert write_snapshots(folder, outdir, ["lab", "prod"]) == []


def test_what_differs_is_shown(outdir: Path) -> None:
    """As a diff, from what is kept to what is synthesized now; what is missing and left over is said."""
    folder = Path("environments")
    write_snapshots(folder, outdir, ["lab", "gone"][:1])
    snapshot_path(folder, "gone").write_text("{}", "utf-8")
    snapshot_path(folder, "lab").write_text('{\n  "stack": "old"\n}', "utf-8")

    assert found(outdir) == [
        "environments/snapshots/lab.tf.json: is not what is synthesized; hybrid gate --write renews it, and its diff "
        "is to be reviewed\n"
        "--- environments/snapshots/lab.tf.json (kept)\n"
        "+++ environments/snapshots/lab.tf.json (now)\n"
        "@@ -1,3 +1,3 @@\n"
        " {\n"
        '-  "stack": "old"\n'
        '+  "stack": "lab"\n'
        " }\\ no newline at the end",
        "environments/snapshots/prod.tf.json: is missing; hybrid gate --write makes it",
        "environments/snapshots/gone.tf.json: is of no stack; hybrid gate --write takes it away",
    ]


def test_renewing_takes_away_what_is_of_no_stack(outdir: Path) -> None:
    """A snapshot of a stack that is gone would be reviewed for ever."""
    folder = Path("environments")
    write_snapshots(folder, outdir, ["lab", "prod"])

    assert write_snapshots(folder, outdir, ["lab"]) == [snapshot_path(folder, "prod")]
    assert not snapshot_path(folder, "prod").exists()


def test_a_long_difference_is_cut() -> None:
    """The first lines say what it is about; how many are left out is said."""
    old, new = ("\n".join(f"{word} {n}" for n in range(50)).encode() for word in ("a", "b"))

    lines = difference(old, new, "x").splitlines()

    assert len(lines) == LONGEST + 1
    assert lines[-1] == "... and 63 more lines"


def test_another_line_ending_is_a_difference() -> None:
    """It is none to the eye."""
    assert difference(b"a\r\n", b"a\n", "x").splitlines()[3:] == ["-a\\r", "+a"]
    assert difference(b"a\n", b"a\n", "x") == ""
