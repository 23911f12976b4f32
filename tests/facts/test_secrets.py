"""What secrets look like, put together here so that no scanner finds one in this file."""

from __future__ import annotations

import pytest

from estate.facts.secrets import secret_in

A, D = "A" * 40, "7" * 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-----BEGIN " + "PRIVATE KEY-----", "a private key"),
        ("note\n-----BEGIN OPENSSH " + "PRIVATE KEY-----\nb3Bl", "a private key"),
        ("AK" + "IA" + D[:16], "an access key of AWS"),
        ("gh" + "p_" + A[:36], "a token of GitHub"),
        ("github" + "_pat_" + A[:22], "a token of GitHub"),
        ("gl" + "pat-" + A[:20], "a token of GitLab"),
        ("AI" + "za" + A[:35], "a key of Google's APIs"),
        ("xo" + "xb-" + D[:12], "a token of Slack"),
        ("hv" + "s." + A[:24], "a token of Vault"),
        ("ey" + "J" + A[:12] + ".ey" + "J" + A[:12] + "." + A, "a signed token"),
        ("postgres://user:" + "word@db.example.com/x", "a password in a URL"),
        ("see https://" + A[:12] + "@git.example.com/config.git", "a token in a URL"),
    ],
)
def test_a_secret_is_seen_by_its_form(text: str, expected: str) -> None:
    """Anywhere in a text, and said without itself."""
    assert secret_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh://git@git.example.com/platform/config.git",
        "git@git.example.com:platform/config.git",
        "https://git.example.com:8443/platform/config.git",
        "https://git.example.com/@scope/config.git",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm8uSXbiqLkNkhMqFqIkl3LpLQ0Sgq3bfVbk4r4pmd1 ola@example.com",
        "the key's private key stays on the workstation",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    """Users of SSH, ports, public keys and words."""
    assert secret_in(text) is None
