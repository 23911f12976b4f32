"""The value types of AWS that need more than a pattern."""

from __future__ import annotations

import pytest

from estate.model.aws.values import SshPublicKey
from tests.model.refusals import refusals

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY"


@pytest.mark.parametrize("comment", ["", " me@example.com", " two words"])
def test_a_public_key_may_carry_a_comment(comment: str) -> None:
    """As ssh-keygen writes it."""
    assert refusals(SshPublicKey, ED25519 + comment) == {}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("AAAAC3NzaC1lZDI1NTE5", "pattern"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "pattern"),
        (f"{ED25519}\nssh-rsa AAAA", "pattern"),
        ("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY=", "EC2 takes no other"),
        ("ssh-ed25519 AAAAC", "copy the line of the .pub file"),
        (ED25519.replace("ssh-ed25519", "ssh-rsa"), "whole ssh-rsa key"),
    ],
    ids=["no type", "private key", "two lines", "ecdsa", "cut off", "wrong type"],
)
def test_refuses_what_is_no_public_key(value: str, words: str) -> None:
    """A key that EC2 would refuse in the middle of an apply, or worse, a private one."""
    assert words in refusals(SshPublicKey, value)[""]
