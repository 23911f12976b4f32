"""Key rings of Cloud KMS that the environment's keys lie in and that stand outside of its host project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.model.google.google import GoogleConfig

RING_ROLE: Final = "roles/cloudkms.admin"
"""What makes keys in a ring and lets others use them. "Lowest-level resources where you can grant this role: CryptoKey", so
a ring will do: https://docs.cloud.google.com/kms/docs/reference/permissions-and-roles (excerpt, 2026-12-01)."""

_PROJECT = 1
"""Where the project stands in `projects/P/locations/L/keyRings/N`."""


def rings_elsewhere(google: GoogleConfig) -> Sequence[str]:
    """Rings of other projects, a service project among them, in order.

    No role on the host project reaches them. "You can grant IAM roles on [...] a key ring, inherited by all keys in that key
    ring": https://docs.cloud.google.com/kms/docs/iam (2026-12-01).
    """
    rings = {key.ring for key in google.kms_keys.values() if key.ring}
    return sorted(ring for ring in rings if project_of(ring) != google.host_project.id)


def keys_in_host(google: GoogleConfig) -> bool:
    """Whether a key lies in the host project."""
    return any(
        key.ring is None or project_of(key.ring) == google.host_project.id for key in google.kms_keys.values()
    )


def project_of(ring: str) -> str:
    """Id of the project of a ring."""
    return ring.split("/")[_PROJECT]
