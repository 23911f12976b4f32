"""Cloud KMS keys: those of the host project, and those that clusters or backups of the states name.

A key ring cannot be destroyed and has nothing to change, so that one with several keys is named by them and managed by
nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    HOST,
    elsewhere,
    is_region,
    last,
    meant,
    part,
    path_of,
    plain,
    said,
    unless,
)

TYPE: Final = "google_kms_crypto_key"
_RING: Final = "google_kms_key_ring"
PATH: Keys = ("google", "kms_keys")
_DAY: Final = 24 * 60 * 60
_SYMMETRIC: Final = "GOOGLE_SYMMETRIC_ENCRYPTION"
_KEEP: Final = "keep it in the other Terraform"


def recognize_cloud_kms(found: Found, draft: Draft) -> None:
    """Put the symmetric keys with regions."""
    named = {key for reference in _references(found) for key in [meant_key(found, reference)] if key}
    for key in found.of(TYPE):
        ring = _ring_path(found, key)
        why = _why_not(key, ring)
        if not why and key not in named and part(ring, "projects") != draft.at(*HOST):
            why = "stands in another project than the host project, and no cluster of the states uses it"
        if why:
            draft.leave(key, "", why, _KEEP)
        else:
            _put(found, draft, key, ring)


def meant_key(found: Found, reference: str) -> FoundObject | None:
    """The key that a reference means, with its version or without."""
    path = plain(reference).partition("/cryptoKeyVersions/")[0]
    return next((key for key in found.of(TYPE) if path and _path(found, key) == path), None)


def key_of(found: Found, draft: Draft, reference: str) -> str | None:
    """The key in the file of the key that a reference means; None where it is none of the file's."""
    key = meant_key(found, reference)
    for path, origins in draft.origins.items():
        if path[:-1] == PATH and key in origins:
            return str(path[-1])
    return None


def _references(found: Found) -> Iterator[str]:
    for cluster in found.of("google_container_cluster"):
        yield cluster.text("database_encryption", 0, "key_name")
    for plan in found.of("google_gke_backup_backup_plan"):
        yield plan.text("backup_config", 0, "encryption_key", 0, "gcp_kms_encryption_key")


def _path(found: Found, key: FoundObject) -> str:
    return path_of(key) or f"{_ring_path(found, key)}/cryptoKeys/{key.text('name')}"


def _ring_path(found: Found, key: FoundObject) -> str:
    said_ring = key.text("key_ring")
    ring = meant(found, said_ring, key, _RING)
    own = path_of(key).partition("/cryptoKeys/")[0]
    return own or plain(said_ring) or (path_of(ring) if ring else "")


def _why_not(key: FoundObject, ring: str) -> str:
    """Why a key has no place; "" where it has one."""
    template, place = ("version_template", 0), part(ring, "locations")
    algorithm, held = key.text(*template, "algorithm"), key.text(*template, "protection_level")
    reasons = {
        f"is for {key.text('purpose')}, and keys here encrypt and decrypt": key.text("purpose")
        not in {"", "ENCRYPT_DECRYPT"},
        f"is of {algorithm}, and keys here are of {_SYMMETRIC}": algorithm not in {"", _SYMMETRIC},
        "is held outside of Cloud KMS": held not in {"", "SOFTWARE", "HSM"},
        "takes imported material only": key.at("import_only") is True,
        "waits no whole number of days before a version is destroyed, and another time replaces the key": bool(
            _seconds(key, "destroy_scheduled_duration") % _DAY
        ),
        f"is in {place or 'no location that its state tells'}, and keys here are of a region": not is_region(
            place
        ),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _put(found: Found, draft: Draft, key: FoundObject, ring: str) -> None:
    ring_name, name = last(ring), key.text("name")
    own = re.fullmatch(rf"{draft.organization}-{draft.environment}-(.+)-([1-9][0-9]{{0,2}})", name)
    own = own if own and ring_name == name and part(ring, "projects") == draft.at(*HOST) else None
    entry = draft.key(PATH, own[1] if own else name)
    generation = int(own[2]) if own else 1
    pinned = own[1] if own and own[1] != entry else None
    rings = [one for one in found.of(_RING) if own and path_of(one) == ring]
    draft.put(
        (*PATH, entry),
        said(
            name=pinned,
            ring=None if own else ring,
            key_name=None if own else name,
            generation=unless(generation, 1),
            rotation_days=unless(_days(draft, key, "rotation_period"), 90),
            protection=unless(
                key.text("version_template", 0, "protection_level").lower() or "software", "software"
            ),
            destroy_days=unless(_days(draft, key, "destroy_scheduled_duration"), 30),
            location=elsewhere(part(ring, "locations"), draft),
        ),
        key,
        *rings,
    )


def _days(draft: Draft, key: FoundObject, attribute: str) -> int | None:
    """A duration in whole days; None where nothing is said, or it is no whole number of them."""
    days, rest = divmod(_seconds(key, attribute), _DAY)
    if rest:
        draft.leave(
            key,
            attribute,
            f"is {key.text(attribute)}, and a time here is in whole days",
            "nothing, where the key may be rotated as the file says",
        )
        return None
    return days or None


def _seconds(key: FoundObject, attribute: str) -> int:
    """A duration such as ``7776000s``; 0 where nothing is said."""
    return int(key.text(attribute).removesuffix("s").partition(".")[0] or 0)
