"""A Cloud KMS key with its ring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cdktf import TerraformStack

from constructs_lib.google.kms_key import KmsKey
from estate.model.google.kms_key import KmsKeyConfig
from tests.constructs_lib.google.defined import REGION, synthesize_google
from tests.synth import Synthesized


def kms_key(tmp_path: Path, *members: str, protected: bool = True, **document: Any) -> Synthesized:
    """A stack with one key that these members are granted."""

    def define(stack: TerraformStack) -> None:
        config = KmsKeyConfig.model_validate(document)
        key = KmsKey(
            stack, "Key", config=config, name="kl-dev-secrets-1", region=REGION, prevent_destroy=protected
        )
        for member in members:
            key.grant_encrypt_decrypt("apps", member, ())

    return synthesize_google(tmp_path, define)


def test_a_key_is_rotated_and_stands_in_a_ring_of_its_own(tmp_path: Path) -> None:
    """Every 90 days, and a destroyed version can be brought back for 30."""
    stack = kms_key(tmp_path)

    assert stack.one("google_kms_key_ring") == {
        "name": "kl-dev-secrets-1",
        "location": REGION,
        "lifecycle": {"prevent_destroy": True},
    }
    assert stack.one("google_kms_crypto_key") == {
        "name": "kl-dev-secrets-1",
        "key_ring": f"${{{stack.address('google_kms_key_ring')}.id}}",
        "purpose": "ENCRYPT_DECRYPT",
        "rotation_period": "7776000s",
        "destroy_scheduled_duration": "2592000s",
        "version_template": {"algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION", "protection_level": "SOFTWARE"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_each_option_reaches_the_key(tmp_path: Path) -> None:
    """Hardware, another region, other times, and a throw-away environment."""
    stack = kms_key(
        tmp_path, protected=False, protection="hsm", location="europe-west1", rotation_days=1, destroy_days=2
    )

    found = stack.one("google_kms_crypto_key")
    assert stack.one("google_kms_key_ring")["location"] == "europe-west1"
    assert found["version_template"]["protection_level"] == "HSM"
    assert (found["rotation_period"], found["destroy_scheduled_duration"]) == ("86400s", "172800s")
    assert found["lifecycle"] == {"prevent_destroy": False}


def test_a_key_stands_in_a_ring_that_is_there(tmp_path: Path) -> None:
    """Which nothing can destroy, so that nothing makes it either."""
    ring = f"projects/kl-dev-keys/locations/{REGION}/keyRings/clusters"
    stack = kms_key(tmp_path, ring=ring, key_name="etcd")

    assert stack.resources("google_kms_key_ring") == {}
    assert stack.one("google_kms_crypto_key")["key_ring"] == ring


def test_who_is_granted_the_key_twice_has_it_once(tmp_path: Path) -> None:
    """Two clusters of one project have one agent."""
    found = kms_key(tmp_path, "serviceAccount:a@b", "serviceAccount:a@b").one(
        "google_kms_crypto_key_iam_member"
    )

    assert (found["role"], found["member"]) == (
        "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        "serviceAccount:a@b",
    )
