"""Tags by environment and by cluster.

Left out: tags on the nodes of clusters, which their node pools name.

https://registry.terraform.io/providers/vmware/vsphere/latest/docs/resources/tag
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_vsphere.data_vsphere_tag_category import DataVsphereTagCategory
from cdktf_cdktf_provider_vsphere.tag import Tag
from cdktf_cdktf_provider_vsphere.tag_category import TagCategory
from constructs import Construct

from constructs_lib.naming import Naming
from estate.model.vmware.vsphere.tags import CATEGORIES, TAGGED_TYPES, TagsConfig, category_name


class EstateTags(Construct):
    """Define one tag for the environment and one for each cluster, in categories of its own or another's.

    Stateful. With a tag goes the knowledge of which objects had it, and with a category all its tags.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: TagsConfig,
        naming: Naming,
        clusters: Mapping[str, str],
        prevent_destroy: bool = True,
    ) -> None:
        """Define the tags.

        Args:
            scope: parent.
            id_: id in it.
            config: whose the categories are.
            naming: names of the environment.
            clusters: names of the clusters by key.
            prevent_destroy: whether Terraform refuses to destroy them.
        """
        super().__init__(scope, id_)
        self._lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)
        categories = Construct(self, "Categories")
        environment, cluster = (
            self._category(
                categories, key, category_name(naming.organization, key), made=config.owner is None
            )
            for key in CATEGORIES
        )
        self._environment = Tag(
            self, "Environment", name=naming.environment, category_id=environment, lifecycle=self._lifecycle
        )
        namespace = Construct(self, "Clusters")
        self._clusters = {
            key: Tag(namespace, key, name=name, category_id=cluster, lifecycle=self._lifecycle)
            for key, name in clusters.items()
        }

    def ids(self, cluster: str | None = None) -> list[str]:
        """Ids of the tags for an object of the environment, or of one of its clusters by key."""
        return [self._environment.id, *([self._clusters[cluster].id] if cluster else [])]

    def _category(self, scope: Construct, key: str, name: str, *, made: bool) -> str:
        if not made:
            return DataVsphereTagCategory(scope, key, name=name).id
        category = TagCategory(
            scope,
            key,
            name=name,
            description=f"{key} that an object belongs to",
            cardinality="SINGLE",
            associable_types=list(TAGGED_TYPES),
            lifecycle=self._lifecycle,
        )
        return category.id
