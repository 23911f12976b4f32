"""Which secrets an environment's tunnels take."""

from __future__ import annotations

from estate.derived.vpn.keys import secrets
from estate.model.environment import Environment
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT


def test_every_tunnel_has_a_variable_of_its_own() -> None:
    """Named after environment, VPN and tunnel, in characters that a shell exports."""
    document = changed(ENVIRONMENT, vpn__onprem__tunnels__a__md5=True)
    document["vpn"]["onprem"]["tunnels"]["to-b"] = document["vpn"]["onprem"]["tunnels"].pop("b")

    found = list(secrets(Environment.model_validate(document)))

    assert {one.variable: one.what for one in found} == {
        "vpn_key_dev_onprem_a": "the pre-shared key of tunnel a of the VPN to onprem",
        "vpn_md5_key_dev_onprem_a": "the MD5 key of the BGP session of tunnel a of the VPN to onprem",
        "vpn_key_dev_onprem_to_b": "the pre-shared key of tunnel to-b of the VPN to onprem",
        "vpn_key_dev_aws_a_tunnel1": "the pre-shared key of tunnel a-tunnel1 of the VPN to AWS",
        "vpn_key_dev_aws_a_tunnel2": "the pre-shared key of tunnel a-tunnel2 of the VPN to AWS",
        "vpn_key_dev_aws_b_tunnel1": "the pre-shared key of tunnel b-tunnel1 of the VPN to AWS",
        "vpn_key_dev_aws_b_tunnel2": "the pre-shared key of tunnel b-tunnel2 of the VPN to AWS",
    }


def test_an_environment_without_vpns_takes_none() -> None:
    """Nobody is asked for what nothing uses."""
    assert list(secrets(Environment.model_validate(changed(ENVIRONMENT, vpn=None)))) == []
