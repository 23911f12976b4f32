"""Recording provider checksums: for every platform, all environments or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.commands import make_command

LOCKS = """\
for word in "$@"; do case $word in -chdir=*) stack=${word#-chdir=};; esac; done
[ -f "$stack/cdk.tf.json" ] || exit 1
cat "$stack/.terraform.lock.hcl" > "$stack/before" 2>/dev/null
printf '%s\\n' "kept: $(cat "$stack/before")" "$@" | grep -v chdir > "$stack/.terraform.lock.hcl"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments without a cloud."""
    monkeypatch.chdir(tmp_path)
    environments = tmp_path / "environments"
    environments.mkdir()
    (environments / "organization.yaml").write_text("{name: kl, domain: example.com, promotion: [dev, prod]}")
    for name in ("dev", "prod"):
        (environments / f"{name}.yaml").write_text(f"{{environment: {name}, state: {{local: {{}}}}}}")
    return environments


def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Make a script the person's Terraform."""
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", make_command(tmp_path, "terraform", script))


def test_a_lock_file_for_every_platform(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """People and continuous integration work on different machines."""
    use(tmp_path, monkeypatch, LOCKS)

    assert main(["lock-providers"]) == 0

    assert (folder / "locks/dev.hcl").read_text().split() == [
        "kept:",
        "providers",
        "lock",
        "-platform=linux_amd64",
        "-platform=linux_arm64",
        "-platform=darwin_amd64",
        "-platform=darwin_arm64",
    ]
    assert "environments/locks/prod.hcl written; commit it" in capsys.readouterr().out


def test_only_the_named_environment(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others keep what they have."""
    use(tmp_path, monkeypatch, LOCKS)

    main(["lock-providers", "dev"])

    assert [path.name for path in (folder / "locks").iterdir()] == ["dev.hcl"]


def test_what_is_recorded_is_given_to_terraform(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terraform adds to a lock file it finds, rather than trust the registry anew."""
    (folder / "locks").mkdir()
    (folder / "locks/dev.hcl").write_text("recorded")
    use(tmp_path, monkeypatch, LOCKS)

    main(["lock-providers", "dev"])

    assert (folder / "locks/dev.hcl").read_text().startswith("kept: recorded")


def test_another_version_than_the_stack_names_is_left_out(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terraform would fail over it, and nobody could renew the file."""
    google = "{host_project: {id: kl-dev-host, number: 123456789012}, region: europe-north1}"
    (folder / "dev.yaml").write_text(f"{{environment: dev, state: {{local: {{}}}}, google: {google}}}")
    (folder / "locks").mkdir()
    old = 'provider "registry.terraform.io/hashicorp/google" {\n  version = "5.0.0"\n}\n'
    (folder / "locks/dev.hcl").write_text(f"recorded\n{old}")
    use(tmp_path, monkeypatch, LOCKS)

    assert main(["lock-providers", "dev"]) == 0

    assert (folder / "locks/dev.hcl").read_text().startswith("kept: recorded\nproviders\n")


def test_without_a_registry_nothing_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One environment's failure leaves the other's lock file as it was, and gives Terraform's reason."""
    failing = f'case $* in *stacks/prod*) echo "no registry" >&2; exit 1;; esac\n{LOCKS}'
    use(tmp_path, monkeypatch, failing)

    assert main(["lock-providers"]) == 2

    assert not (folder / "locks").exists()
    assert "environments/locks/prod.hcl: cannot be made with" in capsys.readouterr().err


def test_a_missing_terraform_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback where the command is not there."""
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "no-such-terraform")

    assert main(["lock-providers"]) == 2
    assert "no-such-terraform" in capsys.readouterr().err
