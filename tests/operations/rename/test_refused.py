"""What ``hybrid rename`` refuses, and that it writes nothing then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from operations.artifacts.stack_json import StackJson
from operations.cli import main
from operations.rename.stacks import Comparison
from tests.operations.estate_files import file_bytes


@pytest.mark.parametrize(
    ("words", "new", "says"),
    [
        ("dvv:vmware.user_clusters.apps", "web", "did you mean dev:vmware.user_clusters.apps?"),
        ("zzzzzzz:vmware", "web", "must be ENV:PATH"),
        ("dev", "web", "must be ENV:PATH"),
        ("dev:a[", "web", "must be ENV:PATH"),
        ("dev:vmware.user_cluster.apps", "web", "did you mean user_clusters?"),
        ("dev:vmware.user_clusters.zzzz", "web", "there are: apps"),
        ("dev:vmware.user_clusters.zzzz", "apps", "renamed already"),
        ("dev:environment.name", "web", "there are: none"),
        ("dev:vmware.user_clusters", "clusters", "is a key of the model"),
        ("dev:vmware.user_clusters.apps", "apps", "stands there already"),
        ("dev:vmware.user_clusters.apps", "Web 1", "lower-case letters"),
        (
            "dev:vmware.user_clusters.apps.load_balancer.metal_lb.pools.ingress",
            "in",
            "without changing what stands",
        ),
        ("sandbox:vmware.vsphere.port_groups.vlan-210", "vlan-9", "without changing what stands"),
        ('dev:aws.management_vpc.zones["eu-west-1a"]', "eu-west-1d", "without a counterpart"),
        ("dev:labels.cost_center", "center", "without changing what stands"),
        ("organization:teams.seeiendom", "grunnbok", "stands there already"),
    ],
)
def test_what_cannot_be_renamed_is_refused_and_nothing_written(
    folder: Path, words: str, new: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason is a value that would change, where there is one."""
    before = file_bytes(folder)

    assert main(["rename", words, new, "--write"]) == 2

    assert says in capsys.readouterr().err
    assert file_bytes(folder) == before


@pytest.mark.parametrize(
    ("protection", "said"), [("", "KmsKeys_secrets"), ("deletion_protection: false\n", "")], ids=["on", "off"]
)
def test_what_a_record_names_is_not_lost_while_it_is_protected(
    folder: Path, protection: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where protection is switched off, as in an estate that is to be given up, nothing guards what is recorded."""
    file = folder / "dev.yaml"
    file.write_text(protection + file.read_text())
    record = folder / "stateful" / "dev.txt"
    record.write_text(record.read_text() + "aws_kms_key.KmsKeys_secrets_gone\n")

    assert main(["rename", "dev:aws.kms_keys.secrets", "vault"]) == (2 if said else 0)

    assert said in capsys.readouterr().err


def test_a_rename_waits_until_the_last_one_is_settled(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry that states may not have taken is neither chained nor turned round."""
    assert main(["rename", "dev:aws.kms_keys.secrets", "vault", "--write"]) == 0
    before = file_bytes(folder)

    assert main(["rename", "dev:aws.kms_keys.vault", "secrets", "--write"]) == 2
    assert main(["rename", "dev:aws.kms_keys.vault", "safe", "--write"]) == 2
    assert main(["rename", "dev:aws.kms_keys.secrets", "vault", "--write"]) == 2

    error = capsys.readouterr().err
    assert error.count("run hybrid settle") == 2
    assert "moved[0]: is about aws_kms_alias." in error
    assert "(and 1 more of its entries about others)" in error
    assert "it was renamed already" in error
    assert file_bytes(folder) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("removed:\n  - {{from: {0}, destroy: false, reason: x}}\n", "removed[0]"),
        ("moved: [ # theirs\n  {{from: aws_vpc.A, to: aws_vpc.B}}]\n", "comment"),
    ],
    ids=["removed", "comment in brackets"],
)
def test_a_refactoring_file_that_cannot_take_entries_is_left_alone(
    folder: Path,
    as_they_are: Mapping[str, StackJson],
    text: str,
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever wrote it decides."""
    stack = as_they_are["dev"]
    (name,) = (name for name in stack["resource"]["aws_kms_key"] if name.startswith("KmsKeys_"))
    (folder / "refactoring").mkdir(exist_ok=True)
    (folder / "refactoring" / "dev.yaml").write_text(text.format(f"aws_kms_key.{name}"))

    assert main(["rename", "dev:aws.kms_keys.secrets", "vault", "--write"]) == 2

    assert says in capsys.readouterr().err


def test_a_file_that_cannot_be_edited_or_built_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is written over several lines; a name that is too long for what is made of it."""
    text = (folder / "sandbox.yaml").read_text()
    (folder / "sandbox.yaml").write_text(
        text.replace(
            "    cluster_example:", "    secrets_key:\n      >-\n      secrets\n    cluster_example:"
        )
    )
    assert main(["rename", "sandbox:aws.kms_keys.secrets", "vault", "--write"]) == 2
    assert "cannot be edited" in capsys.readouterr().err
    assert main(["rename", "sandbox:vmware.user_clusters.apps", "a" * 41, "--write"]) == 2


def test_files_are_written_together_or_not_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the refactoring file cannot be written, the environment keeps its key."""
    (folder / "refactoring").write_text("in the way")
    before = (folder / "dev.yaml").read_bytes()

    assert main(["rename", "dev:aws.kms_keys.secrets", "vault", "--write"]) == 1

    assert (folder / "dev.yaml").read_bytes() == before
    assert "refactoring" in capsys.readouterr().err


def test_a_name_that_does_not_keep_everything_is_not_enough(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is a stack that cannot be built; nothing is written on a hope."""
    before = file_bytes(folder)
    worse = Comparison({}, (), ("dev: aws_vpc.A",))
    with monkeypatch.context() as patched:
        patched.setattr("operations.rename.rename.compare", lambda *_: worse)
        assert main(["rename", "dev:vmware.user_clusters.apps.node_pools.workers", "extra", "--write"]) == 2
    assert "without a counterpart: dev: aws_vpc.A" in capsys.readouterr().err

    def too_long(*_: object) -> None:
        raise ValueError("name is too long")

    monkeypatch.setattr("stacks.app.synthesize", too_long)
    assert main(["rename", "dev:vmware.user_clusters.apps", "web", "--write"]) == 2
    assert "name is too long" in capsys.readouterr().err
    assert file_bytes(folder) == before
