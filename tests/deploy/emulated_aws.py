"""An emulated AWS for a test: started on a free port, looked into with boto3, ended by its id."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]  # boto3 publishes no types

from operations.project import ROOT

# What bastion.ami_id's absence looks for: the newest Ubuntu 22.04 of Canonical's. moto's own images
# end with 16.04.
_UBUNTU = {
    "ami_id": "ami-0a0b0c0d0e0f01234",
    "name": "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240101",
    "description": "Canonical, Ubuntu, 22.04 LTS, amd64 jammy image",
    "owner_id": "099720109477",
    "image_location": "amazon/ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240101",
    "state": "available",
    "public": True,
    "image_type": "machine",
    "architecture": "x86_64",
    "virtualization_type": "hvm",
    "hypervisor": "xen",
    "platform": None,
    "root_device_type": "ebs",
    "root_device_name": "/dev/sda1",
    "sriov": "simple",
}


@dataclass(frozen=True)
class EmulatedAws:
    """Where the emulated AWS answers, and as which account.

    Attributes:
        endpoint: URL of every service.
        account_id: the account that every caller is in.
        region: region that :meth:`client` looks into.
    """

    endpoint: str
    account_id: str
    region: str
    _process: subprocess.Popen[str]

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that send an AWS SDK here, with credentials that are good nowhere else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def hang_before(self, action: str) -> None:
        """From now on, take requests for an action and neither carry them out nor answer them."""
        self._order(f"before {action}")

    def hang_after(self, action: str) -> None:
        """From now on, carry requests for an action out and never answer them."""
        self._order(f"after {action}")

    def answer_again(self) -> None:
        """Break off the requests that hang, and answer all that come from now on."""
        self._order("open")

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def empty(self) -> None:
        """Take everything away that the account holds."""
        request = urllib.request.Request(f"{self.endpoint}/moto-api/reset", method="POST")  # noqa: S310 - on loopback
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            assert answer.status == HTTPStatus.OK

    def client(self, service: str) -> Any:
        """A boto3 client."""
        return _client(service, self.region, self.endpoint)


@cache
def _client(service: str, region: str, endpoint: str) -> Any:
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 - what moto's documents call it
    )


@contextmanager
def emulated_aws(folder: Path, *, account_id: str, region: str) -> Iterator[EmulatedAws]:
    """Serve an empty AWS account while the block runs.

    Args:
        folder: for the images the account knows and the log of its requests.
        account_id: the account that every caller is in.
        region: region to look into.
    """
    folder.mkdir(parents=True, exist_ok=True)
    images = folder / "images.json"
    images.write_text(json.dumps([_UBUNTU]), "utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "MOTO_ACCOUNT_ID": account_id,
        "MOTO_AMIS_PATH": str(images),
        # The managed policies that roles refer to, such as AmazonSSMManagedInstanceCore.
        "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
    }
    with (
        (folder / "requests.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.deploy.emulated_aws_process"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stdin is not None
        port = process.stdout.readline().strip()
        assert port, f"the emulated AWS did not start: {(folder / 'requests.log').read_text('utf-8')}"
        try:
            yield EmulatedAws(f"http://127.0.0.1:{port}", account_id, region, process)
        finally:
            process.stdin.close()
            process.wait(timeout=120)
