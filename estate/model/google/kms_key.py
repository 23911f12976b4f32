"""A Cloud KMS key of the host project, in a key ring of its own.

Keys stand in the host project, apart from the clusters they protect, so that whoever administers a service
project cannot take them away. Left out: asymmetric, imported and external keys; nothing here needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StrictInt

from estate.model.base import Key, Model
from estate.model.google.values import KeyName, KeyRing, Region
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule

LONGEST_RING_NAME: Final = 63
"""Characters that Cloud KMS takes in a key ring's name."""


class Protection(StrEnum):
    """What holds the key."""

    SOFTWARE = "software"
    HSM = "hsm"


class KmsKeyConfig(Model):
    """A symmetric key, rotated by Cloud KMS."""

    name: Key | None = None
    """Name to keep when the map key is renamed: those of key ring and key are made of it; the map key when
    absent. Another one makes another key."""
    ring: KeyRing | None = None
    """Key ring that stands already and that nothing here makes, in any project: rings cannot be destroyed and have nothing to
    change. The key has one of its own when absent. Another one makes another key."""
    key_name: KeyName | None = None
    """Name of the key in that ring; goes with ring. Another one makes another key."""
    rotation_days: Annotated[StrictInt, Field(ge=1, le=365)] = 90
    """Days after which a new version encrypts; old ones still decrypt. 90 when absent."""
    protection: Protection = Protection.SOFTWARE
    """What holds it: software, or hsm, hardware that it never leaves. software when absent. Another one
    replaces the key."""
    destroy_days: Annotated[StrictInt, Field(ge=1, le=120)] = 30
    """Days in which a destroyed version can be brought back; 30 when absent. Another number replaces the
    key."""
    generation: Annotated[StrictInt, Field(ge=1, le=999)] = 1
    """Part of the key ring's name, because Cloud KMS never frees one: count it up to make the key anew after
    it was destroyed. 1 when absent."""
    location: Region | None = None
    """Region of the key, that of the clusters which use it; google.region when absent."""

    def ring_name_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the key ring, which nothing else ever has."""
        return physical_name(organization, environment, self.name or key, str(self.generation))

    def key_name_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the key: its ring's, unless that stands already."""
        return self.key_name or self.ring_name_in(organization, environment, key)

    @rule
    def _ring_and_key_name_go_together(self) -> Iterator[Violation]:
        """A key in a ring that stands already says its name there, and no other does."""
        if (self.ring is None) != (self.key_name is None):
            missing, there = ("ring", "key_name") if self.ring is None else ("key_name", "ring")
            yield Violation((missing,), f"is needed with {there}; give both or neither", (there,))
