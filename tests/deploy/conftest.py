"""Terraform, its providers, an emulated AWS and a simulated vCenter for the tests that deploy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.emulated_aws import EmulatedAws, emulated_aws
from tests.deploy.running_provider import running
from tests.deploy.simulated_vcenter import SIMULATOR, SimulatedVcenter, find_simulator, simulated_vcenter
from tests.deploy.toolchain import (
    AWS,
    GOOGLE,
    VSPHERE,
    CannotDeploy,
    Provider,
    Toolchain,
    find_toolchain,
    terraform_binary,
)
from tests.deploy.workplace import Workplace, sandbox_aws

NewWorkplace = Callable[[str], Workplace]


@dataclass(frozen=True)
class Cloud:
    """An emulated account, and Terraform with an AWS provider that talks to it."""

    aws: EmulatedAws
    tools: Toolchain


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """One for all tests of a process; what needs it is skipped where Terraform or the provider cannot be had."""
    found = _found(AWS)
    section = sandbox_aws()
    folder = tmp_path_factory.mktemp("aws")
    with (
        emulated_aws(folder, account_id=section["account_id"], region=section["region"]) as aws,
        running(found, aws.environment) as tools,
    ):
        yield Cloud(aws, tools)


@pytest.fixture(scope="session")
def tools(cloud: Cloud) -> Toolchain:
    """Terraform and the AWS provider."""
    return cloud.tools


@pytest.fixture(scope="session")
def google_tools() -> Iterator[Toolchain]:
    """Terraform and the Google provider that stacks name; skipped like the above."""
    with running(_found(GOOGLE, exact=True), {"GOOGLE_OAUTH_ACCESS_TOKEN": "nobody-is-asked"}) as tools:
        yield tools


@pytest.fixture(scope="session")
def vsphere_tools() -> Toolchain:
    """Terraform and the vSphere provider that stacks name; skipped like the above."""
    return _found(VSPHERE, exact=True)


def _found(provider: Provider, *, exact: bool = False) -> Toolchain:
    try:
        return find_toolchain(provider, exact=exact)
    except CannotDeploy as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def vcenter() -> Iterator[SimulatedVcenter]:
    """A simulated vCenter; what needs it is skipped where there is none."""
    binary = find_simulator()
    if binary is None:
        pytest.skip(f"no vcsim: it is not on PATH, and {SIMULATOR} does not name one")
    with simulated_vcenter(binary) as started:
        yield started


@pytest.fixture(scope="session")
def terraform() -> str:
    """Terraform's command, for what needs no provider."""
    try:
        return terraform_binary()
    except CannotDeploy as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def new_workplace(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> NewWorkplace:
    """Makes an empty folder to deploy from, and empties the account for it: whatever the last one deployed is gone."""

    def make(name: str) -> Workplace:
        cloud.aws.empty()
        folder: Path = tmp_path_factory.mktemp(name) / "work"
        return Workplace(folder, cloud.tools, cloud.aws)

    return make
