"""The public key that no document holds and every section needs."""

from __future__ import annotations

import pytest

from tests.operations.adopt.management_service.documents import PUBLIC_KEY, SAMPLE, Workplace

ARMOUR = "-----"
PRIVATE = f"{ARMOUR}BEGIN OPENSSH PRIVATE KEY{ARMOUR}\nhunter2\n{ARMOUR}END OPENSSH PRIVATE KEY{ARMOUR}\n"


def test_without_a_key_the_command_says_how_to_get_one(workplace: Workplace) -> None:
    """An invented key would lock everybody out."""
    refusal = workplace.refusal(SAMPLE, public_key=False)

    assert refusal.startswith("--public-key: is needed, ")
    assert "ssh-keygen -y" in refusal
    assert "aws ec2 describe-key-pairs --include-public-key" in refusal


def test_a_private_key_is_refused_and_not_shown(workplace: Workplace) -> None:
    """The two files stand side by side, and one of them must never be printed."""
    (workplace.folder / "key").write_text(PRIVATE, "utf-8")

    refusal = workplace.refusal(SAMPLE, "--public-key", "key", public_key=False)

    assert refusal.startswith("key:1:1: is a private key; give its public half: ssh-keygen -y -f key\n")
    assert "hunter2" not in refusal


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{PUBLIC_KEY}\n{PUBLIC_KEY}\n",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= me\n",
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n",
        "no key",
    ],
    ids=["empty", "two keys", "ecdsa", "another form", "text"],
)
def test_what_ec2_does_not_take_is_refused(workplace: Workplace, text: str) -> None:
    """EC2 takes one ed25519 or RSA key in OpenSSH form."""
    (workplace.folder / "other.pub").write_text(text, "utf-8")

    refusal = workplace.refusal(SAMPLE, "--public-key", "other.pub", public_key=False)

    assert refusal.startswith("other.pub:1:1: must be one public key in OpenSSH form")


def test_a_missing_key_file_is_refused(workplace: Workplace) -> None:
    """It says which, and how to make it."""
    refusal = workplace.refusal(SAMPLE, "--public-key", "gone.pub", public_key=False)

    assert refusal.startswith(
        "gone.pub: cannot be read: no such file or directory; write one with `ssh-keygen"
    )
