"""``hybrid upgrade`` as a person runs it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.estate_files import environment_text, file_bytes, write_estate

SAME, NEW = "1.35.0-gke.525", "1.36.0-gke.532"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that can be upgraded, and one without VMware."""
    monkeypatch.chdir(tmp_path)
    dev = environment_text("dev", 2, SAME, {"apps": SAME, "data": SAME})
    return write_estate(tmp_path, dev=dev, bare="{environment: bare, state: {local: {}}}\n")


def test_each_run_takes_one_step_until_all_is_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Admin cluster, then user clusters, and a last run changes nothing."""
    before = (folder / "dev.yaml").read_text()
    expected = [
        before.replace(f'"{SAME}"', f'"{NEW}"'),
        before.replace(f'"{SAME}"', f'"{NEW}"').replace(f"  {SAME} #", f"  {NEW} #", 1),
        before.replace(SAME, NEW),
        before.replace(SAME, NEW),
    ]

    for text in expected:
        assert main(["upgrade", "dev", NEW, "--write"]) == 0
        assert (folder / "dev.yaml").read_text() == text

    printed = capsys.readouterr().out
    assert "the admin cluster goes from" in printed
    assert "gkectl upgrade admin --kubeconfig" in printed
    assert f"Then hybrid upgrade dev {NEW} again, for user cluster apps, then user cluster data." in printed
    assert printed.endswith(f"everything that was asked for is of {NEW} already, or newer\n")


@pytest.mark.parametrize("flags", [[], ["--plan"], ["--dry-run"]], ids=["today", "former", "older"])
def test_it_prints_the_step_and_writes_nothing(
    folder: Path, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The runbook can be read before anything is decided."""
    before = file_bytes(folder)

    assert main(["upgrade", "dev", NEW, *flags, "--format", "json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert file_bytes(folder) == before
    assert (said["written"], said["steps"][0]) == (
        False,
        {"path": "vmware.admin_cluster.version", "from": SAME, "to": NEW},
    )
    assert all(step["commands"] and step["duration"] and step["verify"] for step in said["runbook"])


def test_what_is_only_shown_is_said_to_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the word that writes it; once all is done there is nothing to write."""
    assert main(["upgrade", "dev", NEW]) == 0
    shown = capsys.readouterr().out
    assert main(["upgrade", "dev", SAME]) == 0

    assert f"vmware.admin_cluster.version: {NEW} would be written to {folder.name}/dev.yaml" in shown
    assert shown.endswith("\nnothing is written yet; the same with --write writes it\n")
    assert "--write" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["dvv", NEW], "did you mean dev"),
        (["dev", NEW, "--cluster", "aps"], "did you mean apps"),
        (["dev", NEW, "--cluster", "zzz"], "there are: apps, data"),
        (["dev", "1.33.0-gke.1"], "out of support"),
        (["dev", "1.99.0-gke.1"], "known minor version"),
        (["dev", "latest"], "is no version"),
        (["dev", "1.36"], "no EKS cluster"),
        (["dev", "1.34.0-gke.566"], "never goes back"),
        (["bare", NEW], "no admin cluster on VMware"),
        (["dev", NEW, "--state", "broken.json"], "not a Terraform state"),
    ],
    ids=[
        "environment",
        "cluster",
        "far off",
        "old",
        "unknown",
        "no version",
        "no eks",
        "back",
        "bare",
        "state",
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    folder: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, the reason on standard error, the files untouched."""
    Path("broken.json").write_text("[]")
    before = file_bytes(folder)

    assert main(["upgrade", *words, "--write"]) == 2

    assert says in capsys.readouterr().err
    assert file_bytes(folder) == before


def test_a_version_that_breaks_a_rule_of_the_model_is_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An image that the new version does not take any more: the message has its line."""
    old = environment_text("dev", 2, SAME, {"apps": "1.34.0-gke.566"})
    (folder / "dev.yaml").write_text(old.replace("{replicas: 4}", "{replicas: 4, image_type: cos}"))
    before = file_bytes(folder)

    assert main(["upgrade", "dev", SAME, "--write"]) == 2

    assert "image_type" in capsys.readouterr().err
    assert file_bytes(folder) == before


def state(cluster: str, pool: str) -> str:
    """A state with cluster apps and a pool of it; what is unknown or foreign beside them."""
    types: dict[str, list[dict[str, str | None]]] = {
        "google_gkeonprem_vmware_cluster": [
            {"name": "kl-dev-apps", "on_prem_version": cluster},
            {"name": "new"},
        ],
        "google_gkeonprem_vmware_node_pool": [
            {"name": "workers", "vmware_cluster": "kl-dev-apps", "on_prem_version": pool},
            {"name": "new", "vmware_cluster": "kl-dev-apps", "on_prem_version": None},
        ],
    }
    resources = [
        {"mode": "managed", "type": type_, "name": "A", "instances": [{"attributes": one} for one in found]}
        for type_, found in types.items()
    ]
    return json.dumps({"version": 4, "resources": resources})


@pytest.mark.usefixtures("folder")
def test_the_next_step_waits_for_the_last_one_to_be_applied(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a state, what runs counts; without one the file is believed."""
    monkeypatch.setattr("sys.stdin", io.StringIO(state("1.34.0-gke.566", "1.34.0-gke.566")))

    assert main(["upgrade", "dev", NEW, "--state", "-", "--write"]) == 2

    assert "the state has 1.34.0-gke.566; apply that step first" in capsys.readouterr().err
    Path("state.json").write_text(state(SAME, SAME))
    assert main(["upgrade", "dev", NEW, "--state", "state.json", "--write"]) == 0


def test_a_workstation_of_this_project_is_not_upgraded_by_gkeadm(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It only needs the new tools; a user cluster that lags its admin cluster needs that version's components."""
    text = environment_text("dev", 2, SAME, {"apps": SAME}).replace(
        "  user_clusters:",
        "  vsphere: {server: vc.example.com, workstations: {ws: {template: t, ip: 10.20.22.2, network: {port_group: p, "
        "cidr: 10.20.22.0/24, gateway: 10.20.22.1, dns: [10.30.0.53], ntp: [10.30.0.123]}, ssh_public_keys: ["
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY me]}}}\n"
        "  user_clusters:",
    )
    (folder / "dev.yaml").write_text(text)

    assert main(["upgrade", "dev", NEW, "--write"]) == 0
    first = capsys.readouterr().out
    (folder / "dev.yaml").write_text(
        environment_text("dev", 2, NEW, {"apps": SAME})
        .replace("{replicas: 4}", "{replicas: 40}")
        .replace(".39]", ".99]")
    )
    assert main(["upgrade", "dev", "1.35.100-gke.1", "--write"]) == 0

    second = capsys.readouterr().out
    assert "gkeadm upgrade" not in first
    assert "gs://gke-on-prem-release/gkectl/1.36.0-gke.532/gkectl" in first
    assert "--required-platform-version=1.35.100-gke.1" in second
    assert "longer than the 4 hours" in second


def test_a_control_plane_alone_takes_its_own_nodes_only(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With upgrade_policy.control_plane_only the pools' nodes are not counted; a workstation need not be known."""
    text = environment_text("dev", 2, NEW, {"apps": SAME}).replace(
        "      node_pools:", "      upgrade_policy: {control_plane_only: true}\n      node_pools:"
    )
    (folder / "dev.yaml").write_text(text)
    Path("state.json").write_text(state(SAME, SAME))

    assert main(["upgrade", "dev", NEW, "--state", "state.json", "--write"]) == 0

    assert "takes about 45 min, 15 for each of 3 control plane nodes and of 0" in capsys.readouterr().out
