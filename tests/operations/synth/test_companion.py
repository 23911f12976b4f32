"""A companion stack in synthesis: its files, its record, its end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import VMWARE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one environment that has a whole estate."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/organization.yaml").write_text(
        "{name: kl, domain: example.com, promotion: [dev]}"
    )
    write()
    return tmp_path


def write(*, protected: bool = True, **changes: Any) -> None:
    """Write the environment's file; JSON is YAML."""
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "deletion_protection": protected,
        "google": {"host_project": {"id": "kl-dev-host", "number": 123456789012}, "region": "europe-north1"},
        "fleet": {},
        "vmware": changed(VMWARE, **changes),
    }
    Path("environments/dev.yaml").write_text(json.dumps(document))


def record() -> list[str]:
    """What is recorded of the companion."""
    lines = Path("environments/stateful/dev-vsphere.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_both_stacks_are_written_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    """With a record and a row of their own; what is true of the environment is said once."""
    assert main(["synth", "dev"]) == 0

    out = capsys.readouterr().out
    manifest = json.loads(Path("cdktf.out/manifest.json").read_text())
    assert sorted(manifest["stacks"]) == ["dev", "dev-vsphere"]
    assert len(record()) == 11
    assert out.count("its state lies on this machine only") == 1
    assert (
        "note: dev-vsphere: a plan logs in to vcenter.example.com:443, so run it where hybrid reach dev succeeds, "
        "and apply it before dev" in out
    )


def test_the_order_of_stacks_stands_beside_the_manifest() -> None:
    """The manifest has no place for it: cdktf would refuse to deploy dev without dev-vsphere then."""
    main(["synth"])

    assert json.loads(Path("cdktf.out/stacks.json").read_text()) == {
        "order": ["dev-vsphere", "dev"],
        "stacks": {
            "dev-vsphere": {"environment": "dev", "after": [], "reaches": ["vcenter.example.com:443"]},
            "dev": {"environment": "dev", "after": ["dev-vsphere"], "reaches": []},
        },
    }
    manifest = json.loads(Path("cdktf.out/manifest.json").read_text())
    assert manifest["stacks"]["dev"]["dependencies"] == []


def test_an_edit_that_loses_something_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the companion's own refactoring file named."""
    main(["synth"])
    write(vsphere__resource_pools={"admin": {}})
    before = record()

    assert main(["synth"]) == 2

    error = capsys.readouterr().err
    assert "vsphere_resource_pool.ResourcePools_apps_" in error
    assert "environments/refactoring/dev-vsphere.yaml" in error
    assert record() == before


def test_an_entry_lets_it_go() -> None:
    """It becomes a block of the companion and of no other stack."""
    main(["synth"])
    pool = next(one for one in record() if one.startswith("vsphere_resource_pool.ResourcePools_apps_"))
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/dev-vsphere.yaml").write_text(
        f"removed: [{{from: {pool}, destroy: false, reason: handed over}}]"
    )
    write(vsphere__resource_pools={"admin": {}})

    assert main(["synth"]) == 0

    stacks = {
        name: json.loads(Path(f"cdktf.out/stacks/{name}/cdk.tf.json").read_text())
        for name in ("dev", "dev-vsphere")
    }
    assert stacks["dev-vsphere"]["removed"] == [{"from": pool, "lifecycle": [{"destroy": False}]}]
    assert "removed" not in stacks["dev"]


def test_a_section_that_is_deleted_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole stack would go, and nobody would hear of what it made."""
    main(["synth"])
    write(vsphere=None)

    assert main(["synth"]) == 2

    error = capsys.readouterr().err
    assert "stack dev-vsphere has 11 recorded addresses, and vmware.vsphere is gone from the file" in error
    assert "leave vmware: {vsphere: {server: ...}} until its state is empty" in error


def test_entries_of_a_stack_that_is_gone_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """They would never be read."""
    write(vsphere=None)
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/dev-vsphere.yaml").write_text(
        "import: [{to: vsphere_folder.F, id: /DC1/vm/kl-dev}]"
    )

    assert main(["synth"]) == 2
    assert "stack dev-vsphere has 1 refactoring entries" in capsys.readouterr().err


def test_a_section_that_was_never_there_is_no_matter() -> None:
    """Then there is one stack."""
    write(vsphere=None)

    assert main(["synth"]) == 0
    assert not Path("cdktf.out/stacks/dev-vsphere").exists()


def test_an_environment_to_be_thrown_away_records_nothing_of_it() -> None:
    """Neither of its own stack nor of the companion."""
    main(["synth"])
    write(protected=False)

    assert main(["synth"]) == 0
    assert record() == []


def test_files_of_unknown_stacks_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The suffix is the companion's, the rest an environment's name."""
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/old-vsphere.yaml").write_text("{}")

    assert main(["check"]) == 2
    assert "old-vsphere.yaml: is for environment old-vsphere, which does not exist" in capsys.readouterr().err


def test_a_lock_file_is_laid_beside_the_companion() -> None:
    """Its own, since it has another provider."""
    Path("environments/locks").mkdir()
    Path("environments/locks/dev-vsphere.hcl").write_text("# checksums\n")

    assert main(["synth"]) == 0
    assert Path("cdktf.out/stacks/dev-vsphere/.terraform.lock.hcl").read_text() == "# checksums\n"


def test_reach_is_asked_by_environment(capsys: pytest.CaptureFixture[str]) -> None:
    """An environment without a companion can be planned anywhere; a host without an address cannot."""
    write(vsphere__server="vcenter.invalid")
    assert main(["reach", "dev"]) == 3
    assert "dev-vsphere: vcenter.invalid:443 " in capsys.readouterr().err

    write(vsphere=None)
    assert main(["reach"]) == 0
    assert "dev: nothing of it needs a private network" in capsys.readouterr().out


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_check_prints_permissions_in_every_form(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For the vSphere team and for their tools."""
    assert main(["permissions", "--format", output]) == 0
    assert "kl-dev-gke-session-validator" in capsys.readouterr().out
