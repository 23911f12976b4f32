"""A rename that is killed half-way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.artifacts.synthesis import synth
from operations.rename.rename import rename
from tests.operations.estate_files import environment_text, write_estate
from tests.operations.files.killing import killed, recorded_calls, visible

pytestmark = pytest.mark.unmeasured

WORDS = ("dev:vmware.user_clusters.apps", "web")
WAIVER = 'waivers: [{{stack: dev, resource: {}, rule: CKV_GCP_1, reason: r, expires: "2027-11-30"}}]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cluster that is recorded and has a waiver, with a pool that is still to be imported."""
    monkeypatch.chdir(tmp_path)
    folder = write_estate(
        tmp_path, dev=environment_text("dev", 2, "1.35.0-gke.525", {"apps": "1.35.0-gke.525"})
    )
    synth(folder, [], Path("first"))
    resources = json.loads(Path("first/stacks/dev/cdk.tf.json").read_text())["resource"]
    (cluster,) = resources["google_gkeonprem_vmware_cluster"]
    pool = next(iter(resources["google_gkeonprem_vmware_node_pool"]))
    (folder / "policy").mkdir()
    (folder / "policy/waivers.yaml").write_text(WAIVER.format(f"google_gkeonprem_vmware_cluster.{cluster}"))
    (folder / "refactoring").mkdir()
    (folder / "refactoring/dev.yaml").write_text(
        f"import: [{{to: google_gkeonprem_vmware_node_pool.{pool}, id: p}}]\n"
    )
    return folder


def outcome(folder: Path) -> str:
    """The stack that synthesis makes of what stands there, or why it refuses."""
    try:
        synth(folder, [], Path("out"))
    except InvalidInput as refused:
        return str(refused)
    return Path("out/stacks/dev/cdk.tf.json").read_text()


def test_killed_at_any_moment_nothing_would_be_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What synth lets pass is all old or all new; what it refuses, the same rename again finishes."""
    old = outcome(folder)
    with monkeypatch.context() as patch:
        calls = recorded_calls(patch, "operations.rename.rename")
        rename(folder, *WORDS)

    outcomes, ends = [], []
    for state in killed(calls, folder):
        outcomes.append(outcome(folder))
        finished = len(outcomes) == 4
        if not finished:
            rename(folder, *WORDS)
        ends.append(state if finished else visible(folder))

    first, second, third, new = outcomes
    assert first == old
    assert "where hybrid rename wrote it and was stopped, run that again" in second
    assert second == third
    assert '"moved"' in new
    assert ends == [ends[-1]] * 4
