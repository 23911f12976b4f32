"""Publishing replaces generated files and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from operations.artifacts.publish import publish
from operations.files.alone import alone_in
from tests.operations.estate_files import file_bytes
from tests.operations.files.killing import killed, recorded_calls, visible
from tests.source import ROOT

ORDER = '{"order": []}\n'


def make_output(folder: Path, stacks: dict[str, str]) -> Path:
    """Write what cdktf writes: a manifest, and a file for each stack."""
    manifest = {
        "version": "0.21.0",
        "stacks": {
            name: {"name": name, "synthesizedStackPath": f"stacks/{name}/cdk.tf.json"} for name in stacks
        },
    }
    for name, text in stacks.items():
        (folder / "stacks" / name).mkdir(parents=True, exist_ok=True)
        (folder / "stacks" / name / "cdk.tf.json").write_text(text)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def stack_text(outdir: Path, name: str) -> str:
    """The published text of a stack."""
    return (outdir / "stacks" / name / "cdk.tf.json").read_text()


def test_first_output_is_written_whole(tmp_path: Path) -> None:
    """Where nothing was, the staged stacks and their manifest stand afterwards."""
    staging = make_output(tmp_path / "staging", {"dev": "new dev", "sandbox": "new sandbox"})

    publish(staging, tmp_path / "out", frozenset({"dev", "sandbox"}), ORDER)

    assert stack_text(tmp_path / "out", "dev") == "new dev"
    assert stack_text(tmp_path / "out", "sandbox") == "new sandbox"
    assert list(json.loads((tmp_path / "out/manifest.json").read_text())["stacks"]) == ["dev", "sandbox"]


def test_a_stack_that_was_not_synthesized_stays(tmp_path: Path) -> None:
    """Synthesizing one environment leaves the others' output and their place in the manifest."""
    outdir = make_output(tmp_path / "out", {"dev": "old dev", "sandbox": "old sandbox"})
    staging = make_output(tmp_path / "staging", {"sandbox": "new sandbox"})

    publish(staging, outdir, frozenset({"dev", "sandbox"}), ORDER)

    assert stack_text(outdir, "dev") == "old dev"
    assert stack_text(outdir, "sandbox") == "new sandbox"
    assert list(json.loads((outdir / "manifest.json").read_text())["stacks"]) == ["dev", "sandbox"]


def test_a_stack_whose_environment_is_gone_loses_its_code_only(tmp_path: Path) -> None:
    """An unknown stack's cdk.tf.json goes, what Terraform keeps beside it stays."""
    outdir = make_output(tmp_path / "out", {"old": "old", "sandbox": "old sandbox"})
    (outdir / "stacks/old/.terraform.lock.hcl").write_text("lock")
    staging = make_output(tmp_path / "staging", {"sandbox": "new sandbox"})

    publish(staging, outdir, frozenset({"sandbox"}), ORDER)

    assert not (outdir / "stacks/old/cdk.tf.json").exists()
    assert (outdir / "stacks/old/.terraform.lock.hcl").read_text() == "lock"
    assert list(json.loads((outdir / "manifest.json").read_text())["stacks"]) == ["sandbox"]


@pytest.mark.parametrize(
    "foreign",
    [".terraform.lock.hcl", "plan", "terraform.tfstate", ".terraform/providers/x", "override.tf.json"],
)
def test_what_terraform_keeps_beside_a_stack_is_untouched(tmp_path: Path, foreign: str) -> None:
    """State, lock files, stored plans and overrides are neither moved nor written over."""
    outdir = make_output(tmp_path / "out", {"sandbox": "old"})
    (outdir / "stacks/sandbox" / foreign).parent.mkdir(parents=True, exist_ok=True)
    (outdir / "stacks/sandbox" / foreign).write_text("precious")
    before = (outdir / "stacks/sandbox" / foreign).stat()
    staging = make_output(tmp_path / "staging", {"sandbox": "new"})

    publish(staging, outdir, frozenset({"sandbox"}), ORDER)

    after = (outdir / "stacks/sandbox" / foreign).stat()
    assert (outdir / "stacks/sandbox" / foreign).read_text() == "precious"
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_full_disk_leaves_the_whole_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what was replaced before: old output with its manifest, rather than a mixture."""
    outdir = make_output(tmp_path / "out", {"dev": "old dev", "sandbox": "old sandbox"})
    staging = make_output(tmp_path / "staging", {"dev": "new dev", "sandbox": "new sandbox"})
    before = file_bytes(outdir)
    original = Path.replace

    def full_disk(path: Path, target: Path) -> Path:
        if "sandbox" in str(target):
            raise OSError(28, "No space left on device", str(target))
        return original(path, target)

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish(staging, outdir, frozenset({"dev", "sandbox"}), ORDER)

    assert file_bytes(outdir) == before


def test_a_killed_publication_leaves_no_mixture_that_passes_for_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old as a whole, new as a whole, or without the manifest and the order; the next one mends it."""
    outdir = make_output(tmp_path / "out", {"dev": "old dev", "gone": "gone", "sandbox": "old sandbox"})
    staging = make_output(tmp_path / "staging", {"dev": "new dev", "sandbox": "new sandbox"})
    for folder, name in ((outdir, "old"), (staging, "new")):
        (folder / "stacks/dev/assets" / name).mkdir(parents=True)
        (folder / "stacks/dev/assets" / name / "file").write_text(name)
    known = frozenset({"dev", "sandbox"})
    with monkeypatch.context() as patch:
        calls = recorded_calls(patch, "operations.artifacts.publish")
        publish(staging, outdir, known, ORDER)

    whole = []
    for state in killed(calls, outdir):
        marks = {"manifest.json", "stacks.json"} & state.keys()
        if "manifest.json" in marks:
            whole.append(state["stacks/dev/cdk.tf.json"])
        publish(staging, outdir, known, ORDER)
        again = visible(outdir)

        assert again.keys() == {
            "manifest.json",
            "stacks.json",
            "stacks/dev/cdk.tf.json",
            "stacks/dev/assets/new/file",
            "stacks/sandbox/cdk.tf.json",
        }
        assert (again["stacks/dev/cdk.tf.json"], again["stacks/sandbox/cdk.tf.json"]) == (
            b"new dev",
            b"new sandbox",
        )

    assert whole == [b"old dev", b"new dev"]


def test_the_same_again_touches_nothing(tmp_path: Path) -> None:
    """Whoever watches the folder sees no change."""
    staging = make_output(tmp_path / "staging", {"dev": "dev"})
    publish(staging, tmp_path / "out", frozenset({"dev"}), ORDER)
    before = (tmp_path / "out/manifest.json").stat()

    publish(staging, tmp_path / "out", frozenset({"dev"}), ORDER)

    assert (tmp_path / "out/manifest.json").stat() == before


def test_a_broken_previous_manifest_is_replaced(tmp_path: Path) -> None:
    """An unreadable manifest of an earlier run is no obstacle."""
    outdir = make_output(tmp_path / "out", {"sandbox": "old"})
    (outdir / "manifest.json").write_text("{half")
    staging = make_output(tmp_path / "staging", {"sandbox": "new"})

    publish(staging, outdir, frozenset({"sandbox"}), ORDER)

    assert list(json.loads((outdir / "manifest.json").read_text())["stacks"]) == ["sandbox"]


def test_files_that_a_stack_refers_to_are_replaced_as_a_whole(tmp_path: Path) -> None:
    """Their folders are named by what is in them, so old ones would pile up."""
    outdir = make_output(tmp_path / "out", {"dev": "old"})
    staging = make_output(tmp_path / "staging", {"dev": "new"})
    for folder, name in ((outdir, "old"), (staging, "new")):
        (folder / "stacks/dev/assets" / name).mkdir(parents=True)
        (folder / "stacks/dev/assets" / name / "file").write_text(name)

    publish(staging, outdir, frozenset({"dev"}), ORDER)

    assert [path.name for path in (outdir / "stacks/dev/assets").iterdir()] == ["new"]
    assert (outdir / "stacks/dev/assets/new/file").read_text() == "new"


_PUBLISHES = """
import sys
from pathlib import Path
from operations.artifacts.publish import publish
from operations.files.alone import alone_in
staging, outdir, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
sys.stdin.readline()
for _ in range(times):
    publish(staging, outdir, frozenset(sys.argv[4:]), staging.name)
"""


def test_two_that_publish_at_once_do_not_mix(tmp_path: Path) -> None:
    """Two syntheses of two states of the files: one is there as a whole, whenever somebody looks under the lock."""
    names = [f"env{n}" for n in range(12)]
    for who in ("one", "two"):
        make_output(tmp_path / who, dict.fromkeys(names, who))
    outdir = tmp_path / "cdktf.out"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _PUBLISHES, str(tmp_path / who), str(outdir), "25", *names],
            stdin=subprocess.PIPE,
            env={"PYTHONPATH": str(ROOT)},
        )
        for who in ("one", "two")
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write(b"\n")
        process.stdin.flush()
    seen = set()
    while any(process.poll() is None for process in processes):
        outdir.mkdir(exist_ok=True)
        with alone_in(outdir):
            found = {path.read_text() for path in outdir.glob("stacks/*/cdk.tf.json")}
        seen.add(frozenset(found))
    for process in processes:
        process.communicate()

    assert [process.returncode for process in processes] == [0, 0]
    assert {len(found) for found in seen} <= {0, 1}
    assert len({path.read_text() for path in outdir.glob("stacks/*/cdk.tf.json")}) == 1
