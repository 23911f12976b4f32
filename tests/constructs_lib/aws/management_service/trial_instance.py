"""An instance to try the scripts on: a folder, with commands that only write down what they were asked."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from constructs_lib.aws.management_service.ciphertexts import Ciphertext
from constructs_lib.aws.management_service.user_data import agent_key, user_data

AGENT = b"#!/bin/sh\n"
SETTINGS = {
    "REGION": "eu-west-1",
    "CLUSTER_ID": "kl-sandbox-gke",
    "BUCKET": "bootstrap",
    "DOCUMENT": "/run/gke-aws/management.yaml",
    "DOCUMENT_VERSION": "v1",
    "AGENT_KEY": agent_key("aws-1.4.1-gke.15"),
    "AGENT_SHA256": "",
    "DATA_VOLUME_ID": "vol-0123456789abcdef0",
    "SECRETS_KEY_ARN": "arn:aws:kms:eu-west-1:012345678901:key/1234",
    "CIPHERTEXTS": " ".join(Ciphertext),
}
DEVICE = "dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0"
COMMANDS = {
    "aws": """
        case "$1 $2" in
          "ec2 attach-volume") mkdir -p "$(dirname "$PREFIX/DEVICE")"; touch "$PREFIX/DEVICE" ;;
          "s3api get-object")
            key=; while [ $# -gt 1 ]; do [ "$1" = --key ] && key=$2; shift; done
            cp "$PREFIX/bucket/$key" "$1" ;;
          "kms decrypt")
            blob=; context=
            while [ $# -gt 1 ]; do
              [ "$1" = --ciphertext-blob ] && blob=$2
              [ "$1" = --encryption-context ] && context=$2
              shift
            done
            text=$(cat "${blob#fileb://}")
            case $text in
              "encrypted for $context: "*) printf %s "${text#*: }" | base64 ;;
              *) echo "InvalidCiphertextException" >&2; exit 254 ;;
            esac ;;
        esac
    """.replace("DEVICE", DEVICE),
    "curl": 'case "$*" in *api/token*) echo token ;; *"token: token"*instance-id*) echo i-1 ;; *) exit 22 ;; esac',
    "blkid": 'exit "$BLKID"',
    "mountpoint": "exit 1",
    # Somebody uploads what is missing while the instance waits for it.
    "sleep": 'if [ -d "$PREFIX/late" ]; then cp -R "$PREFIX/late/." "$PREFIX/bucket"; fi',
    "mkfs.ext4": "",
    "mount": "",
    "systemctl": "",
    "apt-get": 'case "$*" in *install*awscli) mv "$PREFIX/bin/aws.absent" "$PREFIX/bin/aws" ;; esac',
}
# What the scripts find on any Ubuntu; nothing else of this machine, which may have an aws of its own.
TOOLS = [
    "base64",
    "bash",
    "cat",
    "chmod",
    "cp",
    "dirname",
    "mkdir",
    "mv",
    "rm",
    "sh",
    "sha256sum",
    "touch",
    "tr",
]


def encrypted(purpose: str, plaintext: str = "a secret") -> bytes:
    """What the stand-in for KMS decrypts for this purpose, as `aws kms encrypt` prints it."""
    return base64.b64encode(f"encrypted for purpose={purpose}: {plaintext}".encode()) + b"\n"


@dataclass(frozen=True)
class Instance:
    """A folder that stands for an instance's disk, memory and commands."""

    root: Path

    def run(self, script: Path, blkid: int = 2) -> subprocess.CompletedProcess[str]:
        """Run a script of the instance."""
        environment = {
            "PATH": str(self.root / "bin"),
            "PREFIX": str(self.root),
            "BLKID": str(blkid),
            "RETRY_SECONDS": "0",
        }
        return subprocess.run(
            [self.root / "bin/bash", script],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def start(self, settings: Mapping[str, str] = SETTINGS) -> subprocess.CompletedProcess[str]:
        """Run the user data, as EC2 does at the first start."""
        script = self.root / "user-data"
        script.write_text(user_data(settings))
        return self.run(script)

    def prepare(self, blkid: int = 2) -> subprocess.CompletedProcess[str]:
        """Run what systemd runs before the agent; blkid 2: nothing is on the volume."""
        return self.run(self.root / "usr/local/sbin/gke-aws-prepare", blkid)

    def put(self, key: str, content: bytes, folder: str = "bucket") -> None:
        """Upload something into the bucket, or have it uploaded late."""
        path = self.root / folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def calls(self, command: str) -> list[str]:
        """Arguments of every call of a command."""
        log = self.root / f"{command}.log"
        return log.read_text().splitlines() if log.exists() else []

    def secrets(self) -> dict[str, str]:
        """What lies in memory."""
        return {path.name: path.read_text() for path in sorted((self.root / "run/gke-aws").iterdir())}


def trial_instance(tmp_path: Path) -> Instance:
    """An instance whose bucket holds all that it waits for."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (tmp_path / "bin" / tool).symlink_to(found)
    for name, body in COMMANDS.items():
        command = tmp_path / "bin" / name
        command.write_text(f'#!/bin/sh\necho "$*" >> "$PREFIX/{name}.log"\n{body}\n')
        command.chmod(0o755)
    instance = Instance(tmp_path)
    instance.put(SETTINGS["AGENT_KEY"], AGENT)
    instance.put("management.yaml", b"kind: AWSManagementService\n")
    for ciphertext in Ciphertext:
        instance.put(f"ciphertexts/{ciphertext}", encrypted(ciphertext))
    return instance
