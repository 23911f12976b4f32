"""Keys of tunnels: what is asked of each before anything is made, by Terraform itself where there is one."""

from __future__ import annotations

import pytest

from constructs_lib.tunnel_key import AWS_KEY, GOOGLE_KEY, MD5_KEY, KeyForm, TunnelKey

KEY = TunnelKey(
    "vpn_key_dev_onprem_a", "the pre-shared key of tunnel a", "${var.vpn_key_dev_onprem_a}", "vpn_keys"
)


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (GOOGLE_KEY, ["has a space"]),
        (MD5_KEY, ["has a space", "is too long"]),
        (AWS_KEY, ["has a character that AWS refuses", "is too long", "begins with 0"]),
    ],
    ids=["Cloud VPN", "BGP session", "AWS"],
)
def test_every_key_is_asked_what_its_service_takes(form: KeyForm, reasons: list[str]) -> None:
    """Beside what is asked of all."""
    found = [one.error_message for one in KEY.preconditions(form)]

    begins = "TF_VAR_vpn_key_dev_onprem_a, the pre-shared key of tunnel a, "
    assert all(message.startswith(begins) for message in found)
    expected = ["is not set", "is too short", "is the key of something else", "looks like", *reasons]
    assert len(found) == len(expected)
    assert all(
        message.removeprefix(begins).startswith(reason)
        for message, reason in zip(found, expected, strict=True)
    )


def test_no_message_is_computed() -> None:
    """An expression in it could bring the secret into a log."""
    assert not any(
        "${" in one.error_message
        for form in (GOOGLE_KEY, MD5_KEY, AWS_KEY)
        for one in KEY.preconditions(form)
    )


def test_a_missing_key_is_only_missing() -> None:
    """Not too short and too simple as well."""
    first, *others = [str(one.condition) for one in KEY.preconditions(AWS_KEY)]

    assert first == '${var.vpn_key_dev_onprem_a != ""}'
    assert all(one.startswith('${var.vpn_key_dev_onprem_a == "" || ') for one in others)
