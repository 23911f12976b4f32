"""A password of vCenter goes to no host that only a pull request names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.terraform.planning import initialize
from operations.terraform.runner import Terraform
from operations.terraform.vcenters import VARIABLE, refuse_other_vcenters

OURS = "vcenter.example.com"


def made(stack: Path, *servers: Any) -> Path:
    """A stack with a provider for each of some vCenters."""
    bodies = [{"vsphere_server": server} if server else {} for server in servers]
    (stack / "cdk.tf.json").write_text(json.dumps({"provider": {"vsphere": bodies}}))
    return stack


def test_any_will_do_where_the_machine_names_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People agreed before, or stand in front of it."""
    monkeypatch.delenv(VARIABLE, raising=False)

    refuse_other_vcenters(made(tmp_path, "elsewhere.example.org"))


def test_those_that_it_names_get_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stacks without vCenter, and folders without a stack, go on as ever."""
    monkeypatch.setenv(VARIABLE, f"other.example.com {OURS}")
    refuse_other_vcenters(tmp_path)

    refuse_other_vcenters(made(tmp_path, OURS, "other.example.com"))
    (tmp_path / "cdk.tf.json").write_text(json.dumps({"provider": {"vsphere": {"vsphere_server": OURS}}}))
    refuse_other_vcenters(tmp_path)
    (tmp_path / "cdk.tf.json").write_text("{}")
    refuse_other_vcenters(tmp_path)


@pytest.mark.parametrize(
    ("named", "server"),
    [
        (OURS, "vcenter.example.org"),
        (OURS, "xvcenter.example.com"),
        (OURS, "${var.server}"),
        (OURS, None),
        ("", OURS),
    ],
    ids=["other", "alike", "template", "unsaid", "none"],
)
def test_another_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, server: str | None
) -> None:
    """Before Terraform is started: a program that is not there would say otherwise."""
    monkeypatch.setenv(VARIABLE, named)
    stack = made(tmp_path, server)

    with pytest.raises(InvalidInput) as refused:
        initialize(Terraform(str(tmp_path / "nothing"), stack))

    assert f'logs in to vCenter "{server or ""}", which {VARIABLE} of this machine does not name' in str(
        refused.value
    )
