"""What stands already is taken in, and what is let go for good says so: as a person does both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.model.vmware.documents import GOOGLE, SECTION, changed

DEV: dict[str, Any] = {
    "environment": "dev",
    "state": {"local": {}},
    "google": GOOGLE,
    "vmware": SECTION,
    "fleet": {},
}
ORGANIZATION = {"name": "kl", "domain": "example.com", "promotion": ["dev"]}
RECORD = Path("environments/stateful/dev.txt")
ENTRIES = Path("environments/refactoring/dev.yaml")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with one environment, synthesized once."""
    monkeypatch.chdir(tmp_path)
    write("environments/organization.yaml", ORGANIZATION)
    write("environments/dev.yaml", DEV)
    assert main(["synth"]) == 0


def write(path: str | Path, document: dict[str, Any]) -> None:
    """Write a document as JSON, which is YAML."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(document))


def recorded(type_: str) -> str:
    """The recorded address of a type."""
    [address] = [line for line in RECORD.read_text().splitlines() if line.startswith(f"{type_}.")]
    return address


def test_a_fleet_that_exists_is_imported(capsys: pytest.CaptureFixture[str]) -> None:
    """By the entry that `hybrid prerequisites` words, with the address from the record."""
    main(["prerequisites"])
    advice = capsys.readouterr().out
    entry = {
        "to": recorded("google_gke_hub_fleet"),
        "id": "projects/kl-dev-host/locations/global/fleets/default",
    }

    write(ENTRIES, {"import": [entry]})

    assert f"import: [{{to: ADDRESS, id: {entry['id']}}}]" in advice
    assert main(["synth"]) == 0
    assert json.loads(Path("cdktf.out/stacks/dev/cdk.tf.json").read_text())["import"] == [entry]


def test_a_cluster_that_is_let_go_says_what_goes_along(capsys: pytest.CaptureFixture[str]) -> None:
    """Refused while only its key is gone, said once more when an entry has it destroyed."""
    cluster = recorded("google_gkeonprem_vmware_cluster")
    write("environments/dev.yaml", changed(DEV, vmware__user_clusters=None))
    capsys.readouterr()

    refused = main(["synth"])
    refusal = capsys.readouterr().err
    write(ENTRIES, {"removed": [{"from": cluster, "destroy": True, "reason": "moved to the cloud"}]})
    done = main(["synth"])
    summary = capsys.readouterr().out

    assert (refused, done) == (2, 0)
    assert f"{cluster} holds data or identity and would be destroyed" in refusal
    assert "its nodes, its etcd" in refusal
    assert f"note: dev: an apply destroys {cluster}: with it go its nodes, its etcd" in summary
