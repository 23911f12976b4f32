"""Ids of objects that exist, for whoever plans without looking them up by name.

Names stay what everything refers to; an id beside a name takes the place of a look-up. Left out:
templates, of which more than the id is needed, and roles.
"""

from __future__ import annotations

from estate.model.base import Model
from estate.model.vmware.values import InventoryName
from estate.model.vmware.vsphere.values import (
    ClusterId,
    DatacenterId,
    DatastoreId,
    NetworkId,
    ResourcePoolId,
    SwitchUuid,
)


class ClusterIds(Model):
    """A vSphere cluster and the resource pool that every cluster has."""

    cluster: ClusterId
    """Managed object id of the cluster."""
    resource_pool: ResourcePoolId
    """Managed object id of the cluster's own resource pool, the one named Resources."""


class ObjectIds(Model):
    """Ids by name; what is not here is looked up by its name."""

    datacenters: dict[InventoryName, DatacenterId] = {}
    """Managed object ids of data centers; looked up when absent."""
    clusters: dict[InventoryName, ClusterIds] = {}
    """Managed object ids of vSphere clusters; looked up when absent."""
    datastores: dict[InventoryName, DatastoreId] = {}
    """Managed object ids of datastores; looked up when absent."""
    networks: dict[InventoryName, NetworkId] = {}
    """Managed object ids of networks; looked up when absent."""
    switches: dict[InventoryName, SwitchUuid] = {}
    """UUIDs of distributed switches; looked up when absent."""
