"""What the instance does when it starts, tried in a folder with commands that only write down."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from constructs_lib.aws.management_service.ciphertexts import Ciphertext
from constructs_lib.aws.management_service.user_data import LIMIT_BYTES, user_data
from tests.constructs_lib.aws.management_service.trial_instance import (
    AGENT,
    DEVICE,
    SETTINGS,
    Instance,
    encrypted,
    trial_instance,
)

SERVICE_ACCOUNT_KEY = b'{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----"}'
PEM = b"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n"


@pytest.fixture(name="instance")
def _instance(tmp_path: Path) -> Instance:
    missing = [tool for tool in ("bash", "base64") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}, as Ubuntu has them")
    return trial_instance(tmp_path)


def test_fits_into_user_data() -> None:
    """EC2 takes 16 KiB before base64."""
    long = {name: value + "x" * 200 for name, value in SETTINGS.items()}

    assert len(user_data(long).encode()) < LIMIT_BYTES


def test_holds_nothing_that_terraform_reads_as_its_own() -> None:
    """A `${` of the shell would be an expression of Terraform's."""
    assert "${" not in user_data(SETTINGS)
    assert "%{" not in user_data(SETTINGS)


def test_leaves_a_service_behind_and_starts_it(instance: Instance) -> None:
    """At every start, not only the first, and without holding up the first."""
    result = instance.start()

    assert (result.returncode, result.stderr) == (0, "")
    assert instance.calls("systemctl") == [
        "daemon-reload",
        "enable gke-aws.service",
        "start --no-block gke-aws.service",
    ]
    unit = (instance.root / "etc/systemd/system/gke-aws.service").read_text().splitlines()
    assert "ExecStartPre=/usr/local/sbin/gke-aws-prepare" in unit
    assert "ExecStart=/usr/local/bin/gke-aws-node-agent" in unit
    assert (instance.root / "etc/gke-aws/environment").read_text().splitlines() == [
        f'{name}="{value}"' for name, value in SETTINGS.items()
    ]
    assert os.access(instance.root / "usr/local/sbin/gke-aws-prepare", os.X_OK)


def test_both_scripts_are_well_formed(instance: Instance) -> None:
    """The shell reads them without complaint."""
    instance.start()

    for script in ("user-data", "usr/local/sbin/gke-aws-prepare"):
        checked = subprocess.run(
            ["bash", "-n", instance.root / script], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_prepares_a_new_volume_the_agent_and_the_secrets(instance: Instance) -> None:
    """All that the agent needs stands where it looks."""
    instance.start()

    result = instance.prepare()

    assert result.returncode == 0, result.stderr
    device = instance.root / DEVICE
    assert instance.calls("mkfs.ext4") == [f"-q -L etcd {device}"]
    assert instance.calls("mount") == [f"{device} {instance.root / 'var/lib/etcd'}"]
    agent = instance.root / "usr/local/bin/gke-aws-node-agent"
    assert agent.read_bytes() == AGENT
    assert os.access(agent, os.X_OK)
    assert instance.secrets() == {
        "management.yaml": "kind: AWSManagementService\n",
        **{ciphertext.value: "a secret" for ciphertext in Ciphertext},
    }
    assert "a secret" not in result.stdout + result.stderr


def test_asks_for_the_documents_exact_version(instance: Instance) -> None:
    """What Terraform planned is what runs; of what people upload, the newest."""
    instance.start()

    instance.prepare()

    fetched = [call for call in instance.calls("aws") if call.startswith("s3api")]
    assert [call.split("--key ")[1].rsplit(" ", 1)[0] for call in fetched] == [
        SETTINGS["AGENT_KEY"],
        "management.yaml --version-id v1",
        *(f"ciphertexts/{ciphertext}" for ciphertext in Ciphertext),
    ]


def test_attaches_the_volume_to_itself(instance: Instance) -> None:
    """The instance's id comes from the metadata service, with a token."""
    instance.start()

    instance.prepare()

    assert [call for call in instance.calls("aws") if call.startswith("ec2")] == [
        "ec2 attach-volume --region eu-west-1 --volume-id vol-0123456789abcdef0 --instance-id i-1 --device /dev/sdf"
    ]


def test_secrets_are_for_root_alone(instance: Instance) -> None:
    """And no ciphertext is left lying beside them."""
    instance.start()

    instance.prepare()

    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (instance.root / "run/gke-aws").iterdir()
    }
    assert modes == {"management.yaml": 0o600, **{ciphertext.value: 0o600 for ciphertext in Ciphertext}}


def test_a_second_start_attaches_and_makes_nothing_new(instance: Instance) -> None:
    """After a restart the volume is there, with etcd on it."""
    instance.start()
    instance.prepare()

    result = instance.prepare(blkid=0)

    assert result.returncode == 0, result.stderr
    assert len([call for call in instance.calls("aws") if call.startswith("ec2")]) == 1
    assert len(instance.calls("mkfs.ext4")) == 1


def test_leaves_a_volume_alone_that_it_cannot_read(instance: Instance) -> None:
    """From blkid, 8 means that what it found is ambiguous: etcd may well be on it."""
    instance.start()

    result = instance.prepare(blkid=8)

    assert result.returncode == 1
    assert "cannot tell what is on vol-0123456789abcdef0, blkid says 8" in result.stderr
    assert instance.calls("mkfs.ext4") == instance.calls("mount") == []


@pytest.mark.parametrize("key", [SETTINGS["AGENT_KEY"], *(f"ciphertexts/{name}" for name in Ciphertext)])
def test_waits_for_what_people_upload(instance: Instance, key: str) -> None:
    """The bucket and the key are made in the same apply as the instance, so it all comes later."""
    missing = instance.root / "bucket" / key
    instance.put(key, missing.read_bytes(), "late")
    missing.unlink()
    instance.start()

    # Attached already: the command that waits plays somebody who uploads what is missing.
    (instance.root / DEVICE).parent.mkdir(parents=True)
    (instance.root / DEVICE).touch()
    result = instance.prepare()

    assert result.returncode == 0, result.stderr
    assert f"trying again: fetch {key}" in result.stderr
    assert len(instance.calls("sleep")) == 1
    assert set(instance.secrets()) == {"management.yaml", *Ciphertext}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum, as Ubuntu has it")
def test_starts_no_agent_with_another_checksum(instance: Instance) -> None:
    """Whoever can write to the bucket cannot choose what runs as root."""
    instance.start({**SETTINGS, "AGENT_SHA256": "0" * 64})

    result = instance.prepare()

    assert result.returncode == 1
    assert f"{SETTINGS['AGENT_KEY']} does not have the checksum {'0' * 64}" in result.stderr
    assert not (instance.root / "usr/local/bin/gke-aws-node-agent").exists()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum, as Ubuntu has it")
def test_takes_the_agent_with_the_checksum(instance: Instance) -> None:
    """The right one passes."""
    instance.start({**SETTINGS, "AGENT_SHA256": hashlib.sha256(AGENT).hexdigest()})

    assert instance.prepare().returncode == 0


@pytest.mark.parametrize(
    "content",
    [SERVICE_ACCOUNT_KEY, PEM, b"", b"\n", b'{"CiphertextBlob": "AQICAHh="}'],
    ids=["plaintext", "PEM", "empty", "blank", "envelope"],
)
def test_refuses_what_is_no_ciphertext(instance: Instance, content: bytes) -> None:
    """Nobody sees it, KMS neither, and nothing of it stays."""
    instance.put("ciphertexts/node-key", content)
    instance.start()

    result = instance.prepare()

    assert result.returncode == 1
    assert "ciphertexts/node-key is not the CiphertextBlob" in result.stderr
    assert not any(word in result.stdout + result.stderr for word in content.decode().split())
    assert not any("purpose=node-key" in call for call in instance.calls("aws"))
    assert not any(name.startswith("node-key") for name in instance.secrets())


@pytest.mark.parametrize(
    "content",
    [base64.b64encode(SERVICE_ACCOUNT_KEY), base64.b64encode(b"other"), encrypted("root-ca-key")],
    ids=["plaintext in base64", "another key's", "another purpose's"],
)
def test_refuses_what_the_key_did_not_encrypt_for_this(instance: Instance, content: bytes) -> None:
    """The encryption context keeps one secret from taking another's place."""
    instance.put("ciphertexts/node-key", content)
    instance.start()

    result = instance.prepare()

    assert result.returncode == 1
    refusal = (
        f"ciphertexts/node-key cannot be decrypted with {SETTINGS['SECRETS_KEY_ARN']} and purpose=node-key"
    )
    assert refusal in result.stderr
    assert content.decode().strip() not in result.stdout + result.stderr
    assert "private_key" not in result.stdout + result.stderr
    assert not any(name.startswith("node-key") for name in instance.secrets())


def test_takes_a_new_ciphertext_at_the_next_start(instance: Instance) -> None:
    """A changed key needs no apply, and a mistake is put right in the bucket."""
    instance.start()
    instance.prepare()
    instance.put("ciphertexts/node-key", encrypted("node-key", "another secret"))

    result = instance.prepare(blkid=0)

    assert result.returncode == 0, result.stderr
    assert instance.secrets()["node-key"] == "another secret"


def test_installs_the_aws_command_where_there_is_none(instance: Instance) -> None:
    """Ubuntu's images come without."""
    shutil.move(instance.root / "bin/aws", instance.root / "bin/aws.absent")
    instance.start()

    result = instance.prepare()

    assert result.returncode == 0, result.stderr
    assert instance.calls("apt-get") == ["update -q", "install -q -y awscli"]
