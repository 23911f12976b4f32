"""Keys of Cloud KMS, in rings that others share."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import HOST, NODES, drafted, left, thing

RING = f"projects/{HOST}/locations/europe-west4/keyRings/platform"


def key(name: str = "etcd", ring: str = RING, **attributes: Any) -> FoundObject:
    """A key of a ring."""
    return thing(
        "kms_crypto_key",
        name,
        **{"name": name, "key_ring": ring, "id": f"{ring}/cryptoKeys/{name}", **attributes},
    )


def keys(*objects: FoundObject) -> Any:
    """The keys that the file gets."""
    return drafted(NODES, *objects).at("google", "kms_keys")


def test_keys_of_a_ring_stay_in_it() -> None:
    """With what differs from a key here; a name as it is."""
    west = RING.replace("west4", "west1")

    assert keys(
        key("Etcd_1", rotation_period="2592000s", destroy_scheduled_duration="86400.5s"),
        key(
            "hsm",
            west,
            version_template=[{"protection_level": "HSM", "algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION"}],
        ),
    ) == {
        "etcd-1": {"ring": RING, "key_name": "Etcd_1", "rotation_days": 30, "destroy_days": 1},
        "hsm": {"ring": west, "key_name": "hsm", "protection": "hsm", "location": "europe-west1"},
    }


def test_a_key_that_is_called_as_ours_is_ours_with_its_ring() -> None:
    """By its generation; the ring alone is of the same name."""
    name = "kl-prod-secrets-2"
    own = RING.replace("platform", name)
    ring = thing("kms_key_ring", name=name, project=HOST, location="europe-west4", id=own)

    draft = drafted(NODES, ring, key(name, own), key(name, RING))

    assert draft.at("google", "kms_keys") == {
        "secrets": {"generation": 2},
        "kl-prod-secrets-2": {"ring": RING, "key_name": name},
    }
    assert draft.origins["google", "kms_keys", "secrets"][1] is ring


def test_two_generations_have_two_keys() -> None:
    """And the name that both are made of."""
    both = [key(name, RING.replace("platform", name)) for name in ("kl-prod-a-1", "kl-prod-a-2")]

    assert keys(*both) == {"a": {}, "a-2": {"name": "a", "generation": 2}}


def test_a_ring_may_be_meant_by_its_name_alone() -> None:
    """As states of old providers say it."""
    ring = thing("kms_key_ring", name="platform", self_link=RING)

    assert keys(ring, key(id="", key_ring="platform")) == {"etcd": {"ring": RING, "key_name": "etcd"}}


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ({"purpose": "ASYMMETRIC_SIGN"}, "is for ASYMMETRIC_SIGN"),
        ({"version_template": [{"algorithm": "RSA"}]}, "is of RSA"),
        ({"version_template": [{"protection_level": "EXTERNAL"}]}, "is held outside"),
        ({"import_only": True}, "takes imported material only"),
        ({"destroy_scheduled_duration": "3600s"}, "waits no whole number of days"),
        ({"ring": "projects/acme-net/locations/global/keyRings/r"}, "is in global"),
        ({"ring": "r", "id": ""}, "is in no location that its state tells"),
        ({"ring": RING.replace(HOST, "acme-apps")}, "stands in another project than the host project"),
    ],
)
def test_a_key_that_has_no_place_is_listed(attributes: dict[str, Any], why: str) -> None:
    """Another key in its place would lose what it encrypted."""
    draft = drafted(NODES, key(**attributes))

    assert draft.at("google", "kms_keys") is None
    assert [one.startswith(why) for one in left(draft).values()] == [True]


def test_a_rotation_within_a_day_is_listed() -> None:
    """The key comes over, and is rotated as the file says."""
    draft = drafted(NODES, key(rotation_period="90000s"))

    assert draft.at("google", "kms_keys") == {"etcd": {"ring": RING, "key_name": "etcd"}}
    assert list(left(draft)) == ["kms_crypto_key.etcd: rotation_period"]
