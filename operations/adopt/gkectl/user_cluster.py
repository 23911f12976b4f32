"""A user cluster of gkectl as one of `vmware.user_clusters`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from operations.adopt.gkectl.document import Document
from operations.adopt.gkectl.files import Config
from operations.adopt.gkectl.load_balancer import put_load_balancer
from operations.adopt.gkectl.network import find_nodes, put_control_plane, put_network
from operations.adopt.gkectl.node_pools import put_node_pools
from operations.adopt.gkectl.section import USER_CLUSTERS, Keys, Section
from operations.adopt.gkectl.site import put_anti_affinity, put_cluster_vcenter

_ALWAYS_ON: Final = ("enableControlplaneV2", "enableDataplaneV2")


def put_user_cluster(
    section: Section,
    key: str,
    config: Config,
    admin: Config | None,
    inherited: Mapping[str, Any],
    derived: str,
) -> None:
    """Put one cluster.

    Args:
        section: takes it.
        key: its key among the environment's clusters.
        config: its files.
        admin: its admin cluster, when that was given.
        inherited: where in vCenter all clusters of the environment stand.
        derived: the name that a cluster of this key has without saying one.
    """
    document, at = config.document, (*USER_CLUSTERS, key)
    name = document.text("name")
    nodes = find_nodes(config)
    section.comes_from(at, name)
    section.say(at, {}, comment=name.remark)
    if name.use() != derived:
        section.put((*at, "name"), name)
    section.put((*at, "version"), document.text("gkeOnPremVersion"))
    put_network(section, at, config, admin, nodes, name.value or "")
    put_control_plane(section, at, document, nodes)
    put_load_balancer(section, at, document)
    put_node_pools(section, at, document)
    put_cluster_vcenter(section, at, document, admin, inherited)
    put_anti_affinity(section, at, document, inherited)
    _put_switches(section, at, document)


def _put_switches(section: Section, at: Keys, document: Document) -> None:
    section.put((*at, "disable_bundled_ingress"), document.flag("disableBundledIngress"))
    section.put((*at, "advanced_networking"), document.flag("advancedNetworking"))
    section.put((*at, "vsphere_csi_disabled"), document.flag("storage", "vSphereCSIDisabled"))
    for key in _ALWAYS_ON:
        document.flag(key).use()
    replicas = document.whole("masterNode", "replicas")
    section.comes_from((*at, "control_plane", "replicas"), replicas)
    replicas.use()
    advanced = document.flag("enableAdvancedCluster")
    if advanced.value:
        advanced.use()
    else:
        document.leave_out(
            f"{document.text('gkeOnPremVersion').value} has advanced clusters only, so the file is older than the "
            "cluster; have gkectl write it anew: gkectl get-config cluster",
            *advanced.path,
        )
    _say_what_changes(section, document)


def _say_what_changes(section: Section, document: Document) -> None:
    """What the running cluster has and an environment cannot say, so that an apply takes it away."""
    repair = document.flag("autoRepair", "enabled")
    if repair.use() is None:
        section.take_default(document, "autoRepair.enabled")
    elif not repair.value:
        section.changes.append("autoRepair.enabled: is off and is switched on, as every cluster here has it")
