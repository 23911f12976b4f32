"""A synthesis that is killed while it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.artifacts.stack_json import protected_addresses, read_stack
from operations.artifacts.stateful import read_record, record_path
from operations.artifacts.synthesis import synth
from tests.operations.estate_files import environment_text, write_estate
from tests.operations.files.killing import killed, recorded_calls, visible

pytestmark = pytest.mark.unmeasured

OLD, NEW = {"apps": "1.35.0-gke.525"}, {"apps": "1.35.0-gke.525", "web": "1.35.0-gke.525"}


def test_killed_at_any_moment_no_output_is_ahead_of_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could be applied is recorded, so no later edit can lose it; the next synthesis finishes."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(tmp_path)
    folder = write_estate(work, dev=environment_text("dev", 2, "1.35.0-gke.525", OLD))
    synth(folder, [], work / "out")
    write_estate(work, dev=environment_text("dev", 2, "1.35.0-gke.525", NEW))
    with monkeypatch.context() as patch:
        calls = recorded_calls(patch, "operations.artifacts.synthesis", "operations.artifacts.publish")
        synth(folder, [], work / "out")

    ahead, ends = [], []
    for _ in killed(calls, work):
        recorded = read_record(record_path(folder, "dev"))
        ahead.append(set(protected_addresses(read_stack(work / "out", "dev"))) - recorded)
        synth(folder, [], work / "out")
        ends.append(visible(work))

    assert len(ahead) > 4
    assert ahead == [set()] * len(ahead)
    assert ends == [visible(work)] * len(ends)
