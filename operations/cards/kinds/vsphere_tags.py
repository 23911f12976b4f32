"""Tags in vCenter, and their categories."""

from __future__ import annotations

from estate.model.vmware.vsphere.tags import CATEGORIES, TagsConfig, category_name
from operations.cards.card import NOTHING_ELSE, Card, Entity, row


def _summary(entity: Entity[TagsConfig]) -> str:
    categories = ", ".join(category_name(entity.organization.name, category) for category in CATEGORIES)
    whose = f", made by {entity.config.owner}" if entity.config.owner else ""
    return f"in categories {categories}{whose}"


CARD = Card(
    path="vmware.vsphere.tags",
    models=(TagsConfig,),
    noun="tags",
    rows=row(_summary),
    collections={"Tags": "tag", "Categories": "category", "Clusters": "cluster"},
    stateful={"vsphere_tag": NOTHING_ELSE, "vsphere_tag_category": NOTHING_ELSE},
)
