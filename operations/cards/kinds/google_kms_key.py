"""Keys of Cloud KMS."""

from __future__ import annotations

from estate.model.google.kms_key import KmsKeyConfig
from operations.cards.card import Card, Entity, certain, row


def _summary(entity: Entity[KmsKeyConfig]) -> str:
    key = entity.config
    place = key.location or certain(entity.environment.google).region
    return f"in {place}, {key.protection}, rotated every {key.rotation_days} days"


CARD = Card(
    path="google.kms_keys.*",
    models=(KmsKeyConfig,),
    noun="Cloud KMS key",
    rows=row(_summary),
    collections={"GoogleKmsKeys": "Google KMS key"},
    stateful={
        "google_kms_key_ring": "its name is never free again; count generation up to make another",
        "google_kms_crypto_key": "with it goes what it encrypted, and its name is never free again",
    },
)
