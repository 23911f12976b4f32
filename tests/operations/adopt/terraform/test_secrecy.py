"""What of an object is secret."""

from __future__ import annotations

from operations.adopt.terraform.secrecy import without_secrets

NOTHING: frozenset[tuple[str | int, ...]] = frozenset()


def test_texts_that_are_called_after_secrets_go() -> None:
    """At any depth; numbers and truths stay, because they only say whether something is on."""
    kept, hidden = without_secrets(
        {
            "password": "x",
            "tunnel1_preshared_key": "x",
            "empty_token": "",
            "include_secrets": True,
            "secret_version": 3,
            "git": [{"secret_type": "token", "auth_token": "x"}],
            "metadata_options": [{"http_tokens": "required"}],
        },
        NOTHING,
    )

    assert kept == {
        "include_secrets": True,
        "secret_version": 3,
        "git": [{"secret_type": "token"}],
        "metadata_options": [{"http_tokens": "required"}],
    }
    assert hidden == {"password", "tunnel1_preshared_key", "git.auth_token"}


def test_what_holds_secrets_by_another_name_goes() -> None:
    """Scripts, the XML of a VPN's keys, keys in blocks, and what has the form of a secret."""
    kept, hidden = without_secrets(
        {
            "customer_gateway_configuration": "<xml/>",
            "user_data": "IyEvYmluL2Jhc2g=",
            "md5_authentication_key": [{"name": "k", "key": "x"}],
            "taint": [{"key": "dedicated"}],
            "note": "-----BEGIN RSA PRIVATE KEY-----",
            "list": ["AKIA" + "A" * 16, "b"],
        },
        NOTHING,
    )

    assert kept == {"md5_authentication_key": [{"name": "k"}], "taint": [{"key": "dedicated"}], "list": ["b"]}
    assert hidden == {
        "customer_gateway_configuration",
        "user_data",
        "md5_authentication_key.key",
        "note",
        "list",
    }


def test_an_object_that_is_secret_as_a_whole_has_nothing() -> None:
    """As a provider may mark it."""
    assert without_secrets({"a": 1}, frozenset({()})) == ({}, frozenset({""}))
