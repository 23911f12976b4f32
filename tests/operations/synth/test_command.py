"""What ``hybrid synth`` does beside the synthesis."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from operations.synth.command import synth


@pytest.mark.parametrize("local", [True, False], ids=["local", "bucket"])
def test_state_on_this_machine_has_a_folder_of_its_owner_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, local: bool
) -> None:
    """Before Terraform makes one that others can look into; where there is none, no folder."""
    estate = SimpleNamespace(environments={"dev": SimpleNamespace(state=SimpleNamespace(local=local))})
    report = SimpleNamespace(plan=SimpleNamespace(environment="dev"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("operations.artifacts.building.prepare", lambda: None)
    monkeypatch.setattr("operations.artifacts.synthesis.synth", lambda *_: (estate, [report]))
    monkeypatch.setattr("operations.synth.summary.print_summary", lambda *_: None)

    synth()

    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == ([0o700] if local else [])
