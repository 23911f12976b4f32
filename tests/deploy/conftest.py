"""Terraform, its providers, an emulated AWS and a simulated vCenter for the tests that deploy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.deploy.emulated_aws import emulated_aws
from tests.deploy.simulated_vcenter import SIMULATOR, SimulatedVcenter, find_simulator, simulated_vcenter
from tests.deploy.toolchain import (
    AWS,
    GOOGLE,
    VSPHERE,
    CannotDeploy,
    Provider,
    Toolchain,
    find_toolchain,
)
from tests.deploy.workplace import Workplace, sandbox_aws

NewWorkplace = Callable[[str], Workplace]


@pytest.fixture(scope="session")
def tools() -> Toolchain:
    """Terraform and the AWS provider; what needs them is skipped where they cannot be had."""
    return _found(AWS)


@pytest.fixture(scope="session")
def google_tools() -> Toolchain:
    """Terraform and the Google provider that the binding is made from; skipped like the above."""
    return _found(GOOGLE, exact=True)


@pytest.fixture(scope="session")
def vsphere_tools() -> Toolchain:
    """Terraform and the vSphere provider that the binding is made from; skipped like the above."""
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


@pytest.fixture(scope="module")
def new_workplace(tools: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewWorkplace]:
    """Makes an empty folder to deploy from, each with an empty account of its own to deploy to."""
    section = sandbox_aws()
    with ExitStack() as accounts:

        def make(name: str) -> Workplace:
            folder: Path = tmp_path_factory.mktemp(name)
            aws = emulated_aws(folder / "aws", account_id=section["account_id"], region=section["region"])
            return Workplace(folder / "work", tools, accounts.enter_context(aws))

        yield make
