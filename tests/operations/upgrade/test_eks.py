"""``hybrid upgrade`` on EKS clusters: Kubernetes, then nodes that say their version, then Google's software."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from estate.model.aws.eks_cluster import EksClusterConfig
from estate.reading.estate_loader import load_estate
from operations.cli import main
from operations.upgrade.eks import EksUpgrade
from operations.upgrade.state import Running
from operations.upgrade.steps import Refusal
from tests.model.aws.eks_documents import CLUSTER, GROUP
from tests.operations.estate_files import file_bytes
from tests.operations.estate_folder import copied_environments


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this repository's environments."""
    monkeypatch.chdir(tmp_path)
    return copied_environments(tmp_path)


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Change texts that stand in a file once."""
    text = file.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def upgrade(target: str, running: Running | None = None, **fields: Any) -> EksUpgrade:
    """An upgrade of a cluster `cloud` with these fields."""
    config = EksClusterConfig.model_validate({**CLUSTER, **fields})
    names = {"cloud": "kl-dev-cloud"}
    return EksUpgrade("dev", {"cloud": config}, target, ["cloud"], names, running or Running())


def refused(planned: EksUpgrade) -> list[tuple[str, str]]:
    """Dotted path below the cluster, and message, of each refusal."""

    def path(one: Refusal) -> str:
        return ".".join(map(str, one.path[3:]))

    return [(path(one), one.message) for one in planned.refusals()]


def test_a_cluster_goes_first_and_what_says_its_own_version_after_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line of the file a run, its quotes kept, until nothing is left to do."""
    file = folder / "test.yaml"
    edit(file, ("max_size: 6}", 'max_size: 6, version: "1.35"}'))
    before = file.read_text("utf-8")
    cluster = before.replace('version: "1.35"\n', 'version: "1.36"\n')

    for expected in (cluster, cluster.replace('"1.35"', '"1.36"'), cluster.replace('"1.35"', '"1.36"')):
        assert main(["upgrade", "test", "1.36", "--cluster", "aws", "--write"]) == 0
        assert file.read_text("utf-8") == expected

    printed = capsys.readouterr().out
    assert (
        "Then hybrid upgrade test 1.36 --cluster aws again, for node group default of EKS cluster aws."
        in printed
    )
    assert "the plan must show the version of node group default, and nothing else" in printed
    assert printed.endswith("everything that was asked for is of 1.36 already, or newer\n")


def test_the_runbook_says_what_terraform_does_not_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the cluster's own name, project and regions; nodes that follow by themselves are named."""
    edit(folder / "prod.yaml", ("    aws:\n      version", "    aws:\n      name: aws-old\n      version"))

    assert main(["upgrade", "prod", "1.36", "--cluster", "aws", "--write"]) == 0

    printed = capsys.readouterr().out
    titles = [line for line in printed.splitlines() if re.match(r"[0-9]\. ", line)]
    assert len(titles) == 4
    assert "node groups default, batch, which follow in the same apply" in titles[1]
    assert "into addon_versions of aws.eks_clusters.aws (it pins none of them now)" in titles[2]
    assert "from 1.35.0-gke.1" in titles[3]
    assert "aws eks list-insights --region eu-west-1 --cluster-name aws-old" in printed
    assert (
        "gcloud container attached get-server-config --project=kl-prod-host --location=europe-west1"
        in printed
    )
    assert "hybrid upgrade prod 1.36.Z-gke.N --cluster aws" in printed
    assert "kl-prod-aws" not in printed


def test_googles_software_follows_kubernetes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the companion stack, from inside the network."""
    edit(folder / "test.yaml", ("1.35.0-gke.1, location: europe-west1", "1.34.0-gke.1"))

    assert main(["upgrade", "test", "1.35.0-gke.1", "--cluster", "aws", "--format", "json", "--write"]) == 0

    said = json.loads(capsys.readouterr().out)
    commands = [command for step in said["runbook"] for command in step["commands"]]
    assert said["steps"] == [
        {
            "path": "aws.eks_clusters.aws.attach.platform_version",
            "from": "1.34.0-gke.1",
            "to": "1.35.0-gke.1",
        }
    ]
    assert "attach: {platform_version: 1.35.0-gke.1}" in (folder / "test.yaml").read_text("utf-8")
    assert commands[1] == "hybrid reach test-attach"
    assert commands[2].startswith("terraform -chdir=cdktf.out/stacks/test-attach plan")
    assert "kl-test-aws --project=kl-test-host --location=europe-north1" in said["runbook"][1]["verify"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["test", "1.36", "--cluster", "aw"], "did you mean aws?"),
        (["dev", "1.36"], "has no EKS cluster to upgrade"),
        (["test", "1.99"], "must be a known version, 1.33, 1.34, 1.35, 1.36; got 1.99"),
        (["test", "1.34"], "is 1.35, which is newer than 1.34; EKS never goes back"),
        (
            ["test", "1.36.0-gke.1", "--cluster", "aws"],
            "which is 1.35; first hybrid upgrade test 1.36 --cluster aws",
        ),
        (["test", "1.35.0-gke.525", "--cluster", "aws", "--cluster", "apps"], 'holds no cluster "aws"'),
        (["test", "1.36", "--state", "state.json"], "the state has 1.34; apply that step first"),
    ],
    ids=["cluster", "no EKS", "unknown", "back", "platform first", "both kinds", "not applied"],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    folder: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, the reason on standard error, the files untouched."""
    Path("state.json").write_text(json.dumps(state(eks="1.34")), "utf-8")
    before = file_bytes(folder)

    assert main(["upgrade", *words, "--write"]) == 2

    assert says in capsys.readouterr().err
    assert file_bytes(folder) == before


def test_a_platform_that_is_not_known_yet_is_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The model knows which there are; the message says where they stand."""
    edit(folder / "test.yaml", ('version: "1.35"\n', 'version: "1.36"\n'))
    before = file_bytes(folder)

    assert main(["upgrade", "test", "1.36.0-gke.1", "--cluster", "aws", "--write"]) == 2

    assert "attach.platform_version: must be of 1.35 for Kubernetes 1.36" in capsys.readouterr().err
    assert file_bytes(folder) == before


def test_a_jump_says_the_legal_path() -> None:
    """With the command for its first step."""
    [(path, message)] = refused(upgrade("1.37"))

    assert path == "version"
    assert "1.35 -> 1.36 -> 1.37; first hybrid upgrade dev 1.36 --cluster cloud" in message


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        (
            {"node_groups": {"default": {**GROUP, "version": "1.32"}}},
            "node_groups.default.version",
            "is 1.32, and nodes are at most 3 minor versions behind 1.36; first hybrid upgrade dev 1.35 --cluster cloud",
        ),
        (
            {"attach": {"platform_version": "1.34.0-gke.1"}},
            "attach.platform_version",
            "goes with Kubernetes up to 1.35, not with 1.36; first hybrid upgrade dev 1.35.Z-gke.N --cluster cloud",
        ),
    ],
    ids=["nodes", "platform"],
)
def test_kubernetes_leaves_nothing_behind(fields: dict[str, Any], path: str, words: str) -> None:
    """What would be too old for the new version goes first."""
    [(where, message)] = refused(upgrade("1.36", **fields))

    assert where == path
    assert words in message


@pytest.mark.parametrize(
    ("target", "fields", "path", "words"),
    [
        ("1.34.0-gke.1", {}, "attach.platform_version", "is 1.35.0-gke.1, which is newer than 1.34.0-gke.1"),
        (
            "1.35.0-gke.1",
            {"version": "1.34", "attach": {"platform_version": "1.33.0-gke.1"}},
            "attach.platform_version",
            "which is 1.34; first hybrid upgrade dev 1.35 --cluster cloud",
        ),
        (
            "1.35.0-gke.1",
            {"attach": None, "access": {"administrators": CLUSTER["access"]["administrators"]}},
            "attach",
            "no software of Google's is there",
        ),
    ],
    ids=["back", "ahead of Kubernetes", "not attached"],
)
def test_googles_software_is_not_led_astray(
    target: str, fields: dict[str, Any], path: str, words: str
) -> None:
    """Neither back, nor past Kubernetes, nor where there is none."""
    [(where, message)] = refused(upgrade(target, **fields))

    assert where == path
    assert words in message


def test_a_cluster_that_is_not_attached_has_no_software_of_googles(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is left to do, and its runbook says nothing of it."""
    edit(
        folder / "test.yaml",
        ("        installer: arn:aws:iam::234567890123:role/kl-test-attach\n", ""),
        ("      attach: {platform_version: 1.35.0-gke.1, location: europe-west1}\n", ""),
    )
    access = {"administrators": CLUSTER["access"]["administrators"]}

    assert upgrade("1.35.0-gke.1", attach=None, access=access).steps() == []
    assert main(["upgrade", "test", "1.36", "--write"]) == 0
    assert "get-server-config" not in capsys.readouterr().out


def test_googles_software_goes_one_minor_version_at_a_time() -> None:
    """Even where a file skips one, which its own rules do not take."""
    planned = upgrade("1.35.0-gke.1")
    attach = planned.clusters["cloud"].attach
    assert attach
    old = attach.model_copy(update={"platform_version": "1.33.0-gke.1"})
    cluster = planned.clusters["cloud"].model_copy(update={"attach": old})

    [(_, message)] = refused(
        EksUpgrade("dev", {"cloud": cluster}, "1.35.0-gke.1", ["cloud"], planned.names, Running())
    )

    assert "1.33 -> 1.34 -> 1.35; first hybrid upgrade dev 1.34.Z-gke.N --cluster cloud" in message


def state(eks: str, group: str = "1.35", platform: str = "1.35.0-gke.1") -> dict[str, Any]:
    """A state with test's cluster, and one that is nobody's."""
    found: list[tuple[str, dict[str, str | None]]] = [
        ("aws_eks_cluster", {"name": "kl-test-aws", "version": eks}),
        ("aws_eks_cluster", {"name": "other", "version": None}),
        (
            "aws_eks_node_group",
            {"cluster_name": "kl-test-aws", "node_group_name": "default", "version": group},
        ),
        ("google_container_attached_cluster", {"name": "kl-test-aws", "platform_version": platform}),
    ]
    resources = [
        {"mode": "managed", "type": type_, "name": f"A{number}", "instances": [{"attributes": body}]}
        for number, (type_, body) in enumerate(found)
    ]
    return {"version": 4, "resources": resources}


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (state("1.35", group="1.34"), "node_groups.default.version: is 1.35, and the state has 1.34"),
        (
            state("1.35", platform="1.34.0-gke.1"),
            "platform_version: is 1.35.0-gke.1, and the state has 1.34.0",
        ),
    ],
    ids=["group", "platform"],
)
@pytest.mark.usefixtures("folder")
def test_a_step_waits_for_the_last_one_to_be_applied(
    runs: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nodes that say no version follow their cluster, and are waited for as well."""
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(runs)))

    assert main(["upgrade", "test", "1.36", "--state", "-", "--write"]) == 2

    assert words in capsys.readouterr().err


def test_what_runs_as_the_file_says_goes_on(folder: Path) -> None:
    """The state agrees with the file."""
    Path("state.json").write_text(json.dumps(state("1.35")), "utf-8")

    assert main(["upgrade", "test", "1.36", "--state", "state.json", "--write"]) == 0

    aws = load_estate(folder).environments["test"].aws
    assert aws
    assert aws.eks_clusters["aws"].version == "1.36"
