"""The log of a VPN's AWS end, in the stacks of environments that keep one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.model.vmware.documents import changed
from tests.model.vpn.documents import VPN
from tests.stacks.sections.test_vpn import FIELDS
from tests.stacks.test_environment_stack import synthesize

GROUP = "/aws/vendedlogs/kl-dev-vpn-google-logs"


def test_both_tunnels_and_their_sessions_are_logged(tmp_path: Path) -> None:
    """In one group for all connections, with a key of its own that CloudWatch Logs may use for it alone."""
    found = synthesize(tmp_path, **{**FIELDS, "vpn": changed(VPN, aws__log_retention_days=90)})

    [(address, group)] = [
        (name, body)
        for name, body in found.resources("aws_cloudwatch_log_group").items()
        if body["name"] == GROUP
    ]
    assert group["retention_in_days"] == 90
    said = {
        "log_enabled": True,
        "log_group_arn": f"${{aws_cloudwatch_log_group.{address}.arn}}",
        "log_output_format": "json",
        "bgp_log_enabled": True,
        "bgp_log_group_arn": f"${{aws_cloudwatch_log_group.{address}.arn}}",
        "bgp_log_output_format": "json",
    }
    for connection in found.resources("aws_vpn_connection").values():
        for tunnel in ("tunnel1", "tunnel2"):
            assert connection[f"{tunnel}_log_options"] == {"cloudwatch_log_options": said}
    [key] = [
        body
        for name, body in found.resources("aws_kms_key").items()
        if f"${{aws_kms_key.{name}.arn}}" == group["kms_key_id"]
    ]
    assert f":log-group:{GROUP}" in json.dumps(json.loads(key["policy"]))


@pytest.mark.parametrize("protected", [True, False])
def test_the_record_is_protected(tmp_path: Path, *, protected: bool) -> None:
    """With its key, unless the environment may be thrown away."""
    vpn = changed(VPN, aws__log_retention_days=90)

    found = synthesize(tmp_path, **{**FIELDS, "vpn": vpn}, deletion_protection=protected)

    kept = [
        body["lifecycle"]["prevent_destroy"]
        for type_ in ("aws_cloudwatch_log_group", "aws_kms_key")
        for name, body in found.resources(type_).items()
        if "Vpn" in name
    ]
    assert kept == [protected] * 2


def test_nothing_is_logged_unless_the_file_says_so(tmp_path: Path) -> None:
    """To switch it on interrupts tunnels that stand."""
    found = synthesize(tmp_path, **FIELDS)

    assert GROUP not in {body["name"] for body in found.resources("aws_cloudwatch_log_group").values()}
    assert not any(
        "log_options" in key for body in found.resources("aws_vpn_connection").values() for key in body
    )
