"""Keys of Cloud KMS."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.kms_key import KmsKeyConfig
from operations.cards.card import Card, Entity, Weight, certain, row


def _summary(entity: Entity[KmsKeyConfig]) -> str:
    key = entity.config
    place = key.location or certain(entity.environment.google).region
    return f"in {place}, {key.protection}, rotated every {key.rotation_days} days"


def _warnings(entity: Entity[KmsKeyConfig]) -> Iterator[tuple[Weight, str]]:
    clusters = certain(entity.environment.google).gke_clusters.values()
    named = {cluster.secrets_key for cluster in clusters}
    named |= {cluster.backup.kms_key for cluster in clusters if cluster.backup}
    if entity.key not in named:
        yield (
            Weight.TOLD,
            f"nothing is encrypted with google.kms_keys.{entity.key}, whose name is never free again",
        )


CARD = Card(
    path="google.kms_keys.*",
    models=(KmsKeyConfig,),
    noun="Cloud KMS key",
    rows=row(_summary),
    warnings=_warnings,
    collections={"GoogleKmsKeys": "Google KMS key"},
    stateful={
        "google_kms_key_ring": "its name is never free again; count generation up to make another",
        "google_kms_crypto_key": "with it goes what it encrypted, and its name is never free again",
    },
)
