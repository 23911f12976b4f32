"""``hybrid promotion`` as a person and a workflow run it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.cli import main
from operations.promotion.contents import Item, contents
from operations.promotion.state import running
from tests.example import ENVIRONMENTS
from tests.model.access.estates import organization
from tests.operations.commands import make_command
from tests.operations.estate_files import environment_text, write_estate

OLD, NEW = "1.35.0-gke.525", "1.36.0-gke.532"


def git(*words: str) -> None:
    """Run git in the current folder, as somebody whom it does not know."""
    name = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *words], check=True, capture_output=True)


def text(name: str, version: str, admin: str = NEW) -> str:
    """The file of an environment with one cluster, apps."""
    return environment_text(name, {"dev": 2, "test": 3}[name], admin, {"apps": version})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments of the same version, merged into main."""
    monkeypatch.chdir(tmp_path)
    environments = write_estate(tmp_path, dev=text("dev", OLD), test=text("test", OLD))
    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message=both")
    return environments


def state(*resources: tuple[str, str, dict[str, object]]) -> str:
    """A state of resources, each a type, a name and its attributes."""
    return json.dumps(
        {
            "version": 4,
            "resources": [
                {"mode": "managed", "type": type_, "name": name, "instances": [{"attributes": attributes}]}
                for type_, name, attributes in resources
            ],
        }
    )


def cluster_state(name: str, version: str) -> str:
    """A state with one user cluster, the admin cluster's version, a fleet feature, and a secret."""
    document = json.loads(_resources(name, version))
    document["outputs"] = {"admin_cluster_version": {"value": NEW, "type": "string"}}
    return json.dumps(document)


def _resources(name: str, version: str) -> str:
    return state(
        (
            "google_gkeonprem_vmware_cluster",
            "UserClusters_apps_A",
            {"name": name, "on_prem_version": version},
        ),
        ("google_gke_hub_feature", "Features_policy_controller_A", {"name": "policycontroller"}),
        ("google_compute_vpn_tunnel", "Vpn_A", {"shared_secret": "planted-secret"}),
    )


def test_merged_means_applied_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dev may take the version; test, in the same change, may not."""
    (folder / "dev.yaml").write_text(text("dev", NEW))

    assert main(["promotion", "--assume-applied", "main"]) == 0
    assert "1.36.0-gke.532 (runs 1.35.0-gke.525)" in capsys.readouterr().out

    (folder / "test.yaml").write_text(text("test", NEW))
    assert main(["promotion", "--assume-applied", "main"]) == 3
    said = capsys.readouterr()
    assert "test: vmware.user_clusters.apps.version takes 1.36.0-gke.532, and dev" in said.out
    assert "1 out of turn" in said.err

    git("add", ".")
    git("commit", "--quiet", "--message=dev", "--", "environments/dev.yaml")
    assert main(["promotion", "--assume-applied", "main"]) == 0


def test_a_state_says_what_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Merged in dev and not applied there: test has to wait. Nothing else of a state is shown."""
    for name in ("dev", "test"):
        (folder / f"{name}.yaml").write_text(text(name, NEW))
    Path("dev.json").write_text(cluster_state("kl-dev-apps", OLD))
    Path("test.json").write_text(cluster_state("kl-test-apps", OLD))
    words = ["promotion", "--state", "dev=dev.json", "--state", "test=test.json", "--format", "json"]

    assert main(words) == 3
    said = capsys.readouterr().out
    assert [one["address"] for one in json.loads(said)["findings"]] == ["vmware.user_clusters.apps.version"]
    assert "planted-secret" not in said
    Path("dev.json").write_text(cluster_state("kl-dev-apps", NEW))
    assert main(words) == 0


def test_states_are_pulled_where_no_file_is_given(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A local one is read where it lies, a remote one by Terraform; one that does not come is a failure."""
    local, remote = "state: {local: {}}", "state: {gcs: {bucket: kl-test-state}}"
    (folder / "test.yaml").write_text(text("test", OLD).replace(local, remote))
    (tmp_path / ".state/dev").mkdir(parents=True)
    (tmp_path / ".state/dev/terraform.tfstate").write_text(cluster_state("kl-dev-apps", OLD))
    (tmp_path / "pulled.json").write_text(cluster_state("kl-test-apps", OLD))
    (tmp_path / "cdktf.out/stacks/test").mkdir(parents=True)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", make_command(tmp_path, "tf", f"cat {tmp_path}/pulled.json"))

    assert main(["promotion"]) == 0

    monkeypatch.setenv("TERRAFORM_BINARY_NAME", make_command(tmp_path, "tf", "echo locked >&2; exit 1"))
    assert main(["promotion"]) == 2
    assert "state of test: cannot be pulled: locked" in capsys.readouterr().err


def test_somebody_acknowledges_for_a_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the file in its place; when it is past its day it has to go, and when it is not needed that is said."""
    (folder / "test.yaml").write_text(text("test", NEW))
    (folder / "promotion").mkdir()
    (folder / "promotion/acknowledgements.yaml").write_text(
        "acknowledgements:\n"
        '  - {address: vmware.user_clusters.apps.version, reason: a CVE, who: kari, expires: "2027-01-01"}\n'
    )
    words = ["promotion", "--assume-applied", "main", "--format", "markdown"]

    assert main([*words, "--today", "2026-12-31"]) == 0
    assert "acknowledged by kari until 2027-01-01: a CVE" in capsys.readouterr().out
    assert main([*words, "--today", "2027-01-01"]) == 3
    assert "expired on 2027-01-01" in capsys.readouterr().out
    (folder / "test.yaml").write_text(text("test", OLD))
    assert main([*words, "--today", "2026-12-31"]) == 0
    assert "is not needed; it may stay until 2027-01-01" in capsys.readouterr().out


def test_markdown_is_a_table_for_a_pull_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With sizes beside versions and features, and how it went."""
    (folder / "dev.yaml").write_text(
        text("dev", OLD).replace("{replicas: 4}", "{autoscaling: {min_replicas: 3, max_replicas: 8}}")
    )

    assert main(["promotion", "--assume-applied", "main", "--format", "markdown"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith(
        "|  | dev | test |\n| --- | --- | --- |\n| admin cluster | 1.36.0-gke.532 | 1.36.0-gke.532 |"
    )
    assert "| pool apps.workers | 3 to 8 | 4 |" in printed
    assert printed.endswith("\nEverything takes its turn.\n")


def test_a_new_environment_and_a_new_feature_are_shown_as_such(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands at the base and what does not."""
    (folder / "organization.yaml").write_text(
        "{name: kl, domain: example.com, promotion: [dev, bare, test]}\n"
    )
    (folder / "bare.yaml").write_text("{environment: bare, state: {local: {}}}\n")
    new = text("test", OLD).replace("features: {", "features: {fleet_observability: {default_logs: copy}, ")
    (folder / "test.yaml").write_text(new)

    assert main(["promotion", "--assume-applied", "main"]) == 3

    printed = capsys.readouterr().out
    assert "yes (new, ahead of bare)" in printed
    assert "yes (ahead of bare)" in printed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--assume-applied", "nowhere"], "nowhere: cannot be read"),
        (["--assume-applied"], "origin/main: cannot be read"),
        (["main"], "goes with --assume-applied"),
        (["--assume-applied", "main", "--state", "dev=x"], "exclude each other"),
        (["--state", "dev"], "must be ENV=FILE"),
        (["--state", "tset=x"], "did you mean test"),
        (["--state", "zzzz=x"], "is no environment"),
        (["--state", "dev=broken.json"], "is not a Terraform state"),
        (["--assume-applied", "main", "--acknowledgements", "gone.yaml"], "does not exist"),
        (["--assume-applied", "main", "--acknowledgements", "wrong.yaml"], "unknown key"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_found_out_is_a_failure(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 with the reason, never a pass."""
    Path("broken.json").write_text("{}")
    Path("wrong.yaml").write_text("acknowledged: []\n")

    assert main(["promotion", *words]) == 2

    assert says in capsys.readouterr().err


def test_a_base_that_the_model_does_not_take_is_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files are of an older model, or were wrong; what runs is unknown then."""
    good = (folder / "dev.yaml").read_text()
    (folder / "dev.yaml").write_text("kubeception: true\n" + good)
    git("commit", "--quiet", "--all", "--message=old")
    (folder / "dev.yaml").write_text(good)

    assert main(["promotion", "--assume-applied", "main"]) == 2

    error = capsys.readouterr().err
    assert "main: does not load with the model of this checkout" in error
    assert "main:environments/dev.yaml:1:1: kubeception" in error


def test_a_base_with_links_is_a_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands behind one is not in the commit; and nothing is written through it."""
    (folder / "kept").mkdir()
    (folder / "kept" / "note").touch()
    (folder / "locks").symlink_to("/etc")
    git("add", ".")
    git("commit", "--quiet", "--message=a link")

    assert main(["promotion", "--assume-applied", "main"]) == 2
    assert "main:locks: is no ordinary file" in capsys.readouterr().err


def test_without_git_nothing_is_assumed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder outside of any repository, and a machine without git."""
    shutil.rmtree(".git")
    assert main(["promotion", "--assume-applied", "main"]) == 2
    monkeypatch.setenv("PATH", "")
    assert main(["promotion", "--assume-applied", "main", "--folder", str(folder)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_state_is_read_by_clusters_names_and_by_what_stands_in_it() -> None:
    """Names lead to keys; a cluster that the file does not name counts; empty and unknown values do not."""
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "aws": {"region": "eu-west-1", "account_id": "123456789012"},
    }
    estate = Estate(organization(), {"dev": Environment.model_validate(document)})
    text_ = state(
        ("google_gkeonprem_vmware_cluster", "A", {"name": "kl-dev-old", "on_prem_version": OLD}),
        ("google_gkeonprem_vmware_cluster", "B", {"name": "kl-dev-new", "on_prem_version": None}),
        (
            "google_container_cluster",
            "C",
            {"name": "kl-dev-cloud", "release_channel": [{"channel": "REGULAR"}]},
        ),
        ("google_container_cluster", "D", {"name": "kl-dev-none", "release_channel": []}),
        ("aws_eks_cluster", "E", {"name": "kl-dev-eks", "version": "1.35"}),
        ("google_gke_hub_feature_membership", "F", {"feature": "servicemesh"}),
        ("google_gke_hub_feature", "G", {"name": "rbacrolebindingactuation"}),
        ("aws_instance", "Bastion_Instance_A", {}),
    )

    runs = running(text_, "state", estate, "dev")

    assert runs.versions == {
        Item("admin cluster"): OLD,
        Item("user cluster", "kl-dev-old"): OLD,
        Item("GKE cluster", "kl-dev-cloud"): "regular",
        Item("EKS cluster", "kl-dev-eks"): "1.35",
    }
    assert runs.features == {
        "vmware.user_clusters",
        "google.gke_clusters",
        "aws.eks_clusters",
        "aws.bastion",
        "fleet.features.service_mesh",
    }
    assert running("\n", "state", estate, "dev").versions == {}
    assert running(state(), "state", estate, "dev").versions == {}


def test_what_a_file_says_is_read_by_the_cards() -> None:
    """Clusters of every kind, features, and sizes, among which is the attached platform's version."""
    has = contents(load_estate(ENVIRONMENTS), "test")

    assert has.versions == {
        Item("GKE cluster", "cloud"): "regular",
        Item("admin cluster"): OLD,
        Item("user cluster", "apps"): OLD,
        Item("EKS cluster", "aws"): "1.35",
    }
    assert has.features == {
        *(f"fleet.features.{one}" for one in ("config_sync", "fleet_observability", "policy_controller")),
        "fleet.features.service_mesh",
        "vmware.user_clusters",
        "google.gke_clusters",
        "aws.eks_clusters",
        "aws.bastion",
        "vpn",
    }
    assert has.sizes == {
        "GKE pool cloud.default": "3 to 9",
        "pool apps.balancers": "3",
        "pool apps.workers": "3 to 8",
        "EKS group aws.default": "2 to 6",
        "attached platform aws": "1.35.0-gke.1",
    }


def test_clusters_are_named_as_their_file_does() -> None:
    """In words, and by where the version stands."""
    assert Item("admin cluster").address == "vmware.admin_cluster.version"
    assert Item("user cluster", "apps").address == "vmware.user_clusters.apps.version"
    assert str(Item("user cluster", "apps")) == "user cluster apps"
