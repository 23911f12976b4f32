"""A state names providers as a stack does, and Terraform runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.heads.known import known
from operations.terraform.state_providers import SOURCES, refuse_strangers


def laid(stack: Path, data: str, *addresses: str) -> None:
    """Lay providers as ``terraform init`` does."""
    for address in addresses:
        (stack / data / "providers" / address / "1.0.0" / "linux_amd64").mkdir(parents=True)


def test_what_this_project_makes_is_known() -> None:
    """The same as what a pull request's stack may pin."""
    assert {source if "/" in source else f"hashicorp/{source}" for source in known().providers} == SOURCES


def test_providers_of_stacks_are_run(tmp_path: Path) -> None:
    """Also one that the stack does not name any more, whose objects are still to be destroyed; and none at all."""
    refuse_strangers(tmp_path)
    laid(
        tmp_path, ".terraform", "registry.terraform.io/hashicorp/aws", "registry.opentofu.org/vmware/vsphere"
    )

    refuse_strangers(tmp_path)


@pytest.mark.parametrize("data", [".terraform", "elsewhere"])
@pytest.mark.parametrize(
    "address",
    [
        "registry.evil.test/hashicorp/google",
        "registry.terraform.io/evil/google",
        "registry.terraform.io/hashicorp/x",
    ],
    ids=["host", "namespace", "name"],
)
def test_another_provider_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, data: str
) -> None:
    """Whoever writes a state, or has a pull request say that it lies in a bucket of theirs, would run it."""
    if data != ".terraform":
        monkeypatch.setenv("TF_DATA_DIR", data)
    laid(tmp_path, data, "registry.terraform.io/hashicorp/google", address)

    with pytest.raises(InvalidInput) as refused:
        refuse_strangers(tmp_path)

    assert f'its state has objects of "{address}", which nothing here is made with' in str(refused.value)
