"""The companion that attaches clusters, in synthesis: its files, its record, its end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.model.aws.eks_documents import AWS
from tests.model.vmware.documents import changed

ALONE = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one environment that has an attached cluster."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/organization.yaml").write_text(
        "{name: kl, domain: example.com, promotion: [dev]}"
    )
    write(AWS)
    return tmp_path


def write(aws: dict[str, Any]) -> None:
    """Write the environment's file; JSON is YAML."""
    document = {
        "environment": "dev",
        "state": {"gcs": {"bucket": "kl-dev-tfstate"}},
        "google": {"host_project": {"id": "kl-dev-host", "number": 123456789012}, "region": "europe-north1"},
        "fleet": {},
        "aws": aws,
    }
    Path("environments/dev.yaml").write_text(json.dumps(document))


def record(name: str) -> list[str]:
    """What is recorded of a stack."""
    lines = Path(f"environments/stateful/{name}.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_both_stacks_are_written_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with a state and a record of its own; the companion comes second."""
    assert main(["synth", "dev"]) == 0

    out = capsys.readouterr().out
    order = json.loads(Path("cdktf.out/stacks.json").read_text())
    stack = json.loads(Path("cdktf.out/stacks/dev-attach/cdk.tf.json").read_text())
    assert order == {
        "order": ["dev", "dev-attach"],
        "stacks": {
            "dev": {"environment": "dev", "after": [], "reaches": []},
            "dev-attach": {
                "environment": "dev",
                "after": ["dev"],
                "reaches": ["the API of EKS cluster kl-dev-cloud in eu-west-1"],
            },
        },
    }
    assert stack["terraform"]["backend"]["gcs"]["prefix"] == "dev-attach"
    assert [one.split(".")[0] for one in record("dev-attach")] == ["google_container_attached_cluster"]
    assert (
        "note: dev-attach: an apply talks to the API of EKS cluster kl-dev-cloud in eu-west-1, and so does a plan once its "
        "release stands, so run both where "
        "hybrid reach dev succeeds, and apply it after dev" in out
    )


def test_the_chart_lies_where_the_stack_refers_to_it() -> None:
    """And is the same in every run."""
    main(["synth", "dev"])
    stack = Path("cdktf.out/stacks/dev-attach")
    [release] = json.loads((stack / "cdk.tf.json").read_text())["resource"]["helm_release"].values()
    first = release["chart"]

    main(["synth", "dev"])

    assert {path.name for path in (stack / first).rglob("*") if path.is_file()} == {
        "Chart.yaml",
        "manifest.yaml",
    }
    assert len(list((stack / "assets").iterdir())) == 1


def test_a_cluster_that_is_no_member_any_more_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The membership would go, and with it all access by the gateway."""
    main(["synth", "dev"])
    write(ALONE)

    assert main(["synth"]) == 2

    error = capsys.readouterr().err
    assert "google_container_attached_cluster.AttachedClusters_cloud_" in error
    assert "all access by the Connect gateway; the cluster itself stays" in error
    assert "environments/refactoring/dev-attach.yaml" in error


def test_an_entry_lets_it_go_while_the_stack_stays() -> None:
    """So that an apply can take the agent out of the cluster."""
    main(["synth", "dev"])
    [member] = record("dev-attach")
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/dev-attach.yaml").write_text(
        f"removed: [{{from: {member}, destroy: true, reason: leaves the fleet}}]"
    )
    write(ALONE)

    assert main(["synth"]) == 0

    stack = json.loads(Path("cdktf.out/stacks/dev-attach/cdk.tf.json").read_text())
    assert stack["removed"] == [{"from": member, "lifecycle": [{"destroy": True}]}]
    assert "resource" not in stack
    assert [one["alias"] for one in stack["provider"]["helm"]] == ["cloud"]


def test_clusters_that_are_all_gone_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The companion would go with them, and nobody would hear of what it made."""
    main(["synth", "dev"])
    write({key: value for key, value in AWS.items() if key != "eks_clusters"})

    assert main(["synth"]) == 2

    error = capsys.readouterr().err
    assert (
        "stack dev-attach has 1 recorded addresses, and aws.eks_clusters and fleet.attached_clusters are gone from the file"
        in error
    )
    assert (
        "leave the clusters, those of EKS without attach and those of others with leaves: true, until its state is empty"
        in error
    )


def test_clusters_without_google_cloud_have_no_companion() -> None:
    """There is no fleet to join."""
    Path("environments/dev.yaml").write_text(
        json.dumps({"environment": "dev", "state": {"local": {}}, "aws": ALONE})
    )

    assert main(["synth"]) == 0
    assert not Path("cdktf.out/stacks/dev-attach").exists()


def test_two_states_in_one_place_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An environment called as another one's companion is kept."""
    Path("environments/organization.yaml").write_text(
        "{name: kl, domain: example.com, promotion: [dev, prod]}"
    )
    Path("environments/prod.yaml").write_text(
        "{environment: prod, state: {gcs: {bucket: kl-dev-tfstate, prefix: dev-attach}}}"
    )

    assert main(["check"]) == 2
    assert "would keep the state of prod where that of dev-attach is" in capsys.readouterr().err
