"""What people do for a step, because Terraform does not: commands, how long they take, how to see that they did.

Durations: Google estimates 15 minutes for each node of the largest pool, pools side by side
(https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/upgrade-best-practices);
what is said of an admin cluster applies that to its three nodes. All are estimates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.vmware.admin_cluster import AdminClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from operations.upgrade.eks_runbook import eks_runbook
from operations.upgrade.runbook_step import RunbookStep, apply_commands
from operations.upgrade.steps import Step
from operations.upgrade.upgrade import Upgrade

_MINUTES_A_NODE: Final = 15
_CONTROL_PLANE_NODES: Final = 3
_TIMEOUT_MINUTES: Final = 240


def runbook(upgrade: Upgrade) -> list[RunbookStep]:
    """Everything that the first step takes; nothing when there is no step."""
    environment = upgrade.estate.environments[upgrade.environment]
    if not upgrade.steps:
        return []
    step, vmware = upgrade.steps[0], environment.vmware
    if step.path[0] == "aws" or vmware is None or vmware.admin_cluster is None:
        return list(eks_runbook(upgrade, environment, step))
    if step.key is None:
        return list(_admin(upgrade, vmware, vmware.admin_cluster, step))
    return list(_user(upgrade, vmware, vmware.admin_cluster, step, step.key))


def _admin(
    upgrade: Upgrade, vmware: VmwareConfig, admin: AdminClusterConfig, step: Step
) -> Iterator[RunbookStep]:
    version, name = step.target, upgrade.environment
    bundle = f"gke-onprem-vsphere-{version}-full.tgz"
    yield RunbookStep(
        "see that the admin cluster is well and runs what the file said, and back it up as "
        "https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/upgrade-best-practices "
        "says",
        (
            f"hybrid check --live {name}",
            "gkectl diagnose cluster --kubeconfig ADMIN_KUBECONFIG",
        ),
        "10 minutes",
        f"the table says as declared with {step.current}, which is what it says before this step is merged; "
        "diagnose ends without an unhealthy component",
    )
    yield from _workstation(vmware, version, bundle)
    yield RunbookStep(
        "import the images of the new version into vSphere",
        (f"gkectl prepare --bundle-path /var/lib/gke/bundles/{bundle} --kubeconfig ADMIN_KUBECONFIG",),
        "20 minutes",
        "it ends without an error",
    )
    yield RunbookStep(
        f"write bundlePath: /var/lib/gke/bundles/{bundle} into ADMIN_CLUSTER_CONFIG, and upgrade the admin cluster; "
        "user clusters go on running meanwhile",
        ("gkectl upgrade admin --kubeconfig ADMIN_KUBECONFIG --config ADMIN_CLUSTER_CONFIG",),
        _minutes(_MINUTES_A_NODE * _CONTROL_PLANE_NODES),
        f"kubectl --kubeconfig ADMIN_KUBECONFIG get nodes shows {_CONTROL_PLANE_NODES} nodes Ready, of the new "
        "version",
    )
    yield RunbookStep(
        f"merge the change of {upgrade.file}, and apply it: the plan shows the output admin_cluster_version and nothing "
        "else, because the admin cluster is data",
        (
            *apply_commands(name),
            f"hybrid check --live {name}",
        ),
        "1 minute",
        f"the table says as declared with {version} for {admin.name}",
    )


def _workstation(vmware: VmwareConfig, version: str, bundle: str) -> Iterator[RunbookStep]:
    workstation = vmware.admin_workstation
    ours = {one.ip for one in vmware.vsphere.workstations.values()} if vmware.vsphere else set()
    release = "gs://gke-on-prem-release"
    where = f" ({workstation.ip})" if workstation else ""
    if workstation and workstation.ip in ours:
        yield RunbookStep(
            f"bring gkectl and the bundle of the new version onto the admin workstation{where}, which this project "
            "made and gkeadm therefore does not upgrade",
            (
                f"gcloud storage cp {release}/gkectl/{version}/gkectl . && chmod +x gkectl",
                f"gcloud storage cp {release}/gke-onprem-bundle/{version}/{bundle} /var/lib/gke/bundles/",
            ),
            "15 minutes",
            f"./gkectl version says {version}",
        )
        return
    yield RunbookStep(
        f"upgrade the admin workstation{where}, from the machine that gkeadm made it from; one that gkeadm did not "
        "make only needs gkectl and the bundle of the new version",
        (
            f"gcloud storage cp {release}/gkeadm/{version}/linux/gkeadm . && chmod +x gkeadm",
            "./gkeadm upgrade admin-workstation --config ADMIN_WORKSTATION_CONFIG --info-file "
            "ADMIN_WORKSTATION_INFO",
        ),
        "30 minutes",
        f"gkectl version on the workstation says {version}, and /var/lib/gke/bundles/{bundle} is there",
    )


def _user(
    upgrade: Upgrade, vmware: VmwareConfig, admin: AdminClusterConfig, step: Step, key: str
) -> Iterator[RunbookStep]:
    name, version = upgrade.environment, step.target
    cluster = vmware.user_clusters[key]
    full_name = cluster.name_in(upgrade.estate.organization.name, name, key)
    location = admin.membership.split("/")[3]
    yield RunbookStep(
        "see that the admin cluster runs what the file says, and that the On-Prem API offers the version: it comes "
        "there 7 to 14 days after its release",
        (
            f"hybrid check --live {name}",
            f"gcloud container vmware clusters query-version-config --project={admin.project} "
            f"--location={vmware.location}",
        ),
        "2 minutes",
        f"the list names {version}",
    )
    if version != admin.version:
        yield RunbookStep(
            "give the admin cluster the components of that version, which is not its own",
            (
                f"gcloud container vmware admin-clusters update {admin.name} --project={admin.project} "
                f"--location={location} --required-platform-version={version}",
            ),
            "15 minutes",
            "the command ends without an error",
        )
    pools = 0 if cluster.upgrade_policy.control_plane_only else _largest(vmware, key)
    minutes = _MINUTES_A_NODE * (_CONTROL_PLANE_NODES + pools)
    slow = (
        "; that is longer than the 4 hours that Terraform waits: the upgrade goes on by itself, and the apply has to "
        "be repeated"
        if minutes > _TIMEOUT_MINUTES
        else ""
    )
    yield RunbookStep(
        f"merge the change of {upgrade.file} and apply it; the plan must show on_prem_version of {full_name} and "
        "nothing else",
        apply_commands(name),
        f"{_minutes(minutes)}, {_MINUTES_A_NODE} for each of {_CONTROL_PLANE_NODES} control plane nodes and of "
        f"{pools} nodes of the largest pool{slow}",
        "a second plan is empty",
    )
    yield RunbookStep(
        f"see that {full_name} runs it",
        (
            f"gcloud container vmware clusters describe {full_name} --project={admin.project} "
            f"--location={vmware.location} --format='value(onPremVersion,state)'",
        ),
        "1 minute",
        f"it prints {version} RUNNING",
    )


def _largest(vmware: VmwareConfig, key: str) -> int:
    return max(pool.most_nodes for pool in vmware.user_clusters[key].node_pools.values())


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest)
    return f"about {' '.join(parts)}"
