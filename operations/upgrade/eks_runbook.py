"""What people do for a step of an EKS cluster; the durations are AWS's and Google's estimates."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import attach_stack
from estate.facts.aws.eks_versions import minor_number
from estate.model.aws.eks_attach import AttachConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from operations.upgrade.runbook_step import RunbookStep, apply_commands
from operations.upgrade.steps import Step
from operations.upgrade.upgrade import Upgrade


def eks_runbook(upgrade: Upgrade, environment: Environment, step: Step) -> Iterator[RunbookStep]:
    """Everything that a step of an EKS cluster takes."""
    aws, google = environment.aws, environment.google
    clusters, region = (aws.eks_clusters, aws.region) if aws else ({}, "")
    cluster = clusters[str(step.key)]
    name = cluster.name_in(upgrade.estate.organization.name, upgrade.environment, str(step.key))
    place = f"--region {region} --cluster-name {name}"
    if "node_groups" in step.path:
        yield _group(upgrade, cluster, step, place)
    elif "attach" in step.path and cluster.attach and google:
        yield from _platform(upgrade, cluster.attach, google, step, name)
    else:
        yield from _control_plane(upgrade, cluster, step, place)
        yield from _addons(upgrade, cluster, step, region, place)
        if cluster.attach and minor_number(cluster.attach.platform_version) < minor_number(step.target):
            yield _platform_comes_after(upgrade, cluster.attach, google, step)


def _control_plane(
    upgrade: Upgrade, cluster: EksClusterConfig, step: Step, place: str
) -> Iterator[RunbookStep]:
    yield RunbookStep(
        "see that nothing in the cluster uses what the new version takes away",
        (
            f"aws eks list-insights {place} "
            "--query 'insights[].[name,kubernetesVersion,insightStatus.status]' --output table",
        ),
        "5 minutes",
        "no insight says ERROR",
    )
    follow = [key for key, group in cluster.node_groups.items() if not group.version]
    stay = [key for key, group in cluster.node_groups.items() if group.version]
    nodes = f" and of node groups {', '.join(follow)}, which follow in the same apply" if follow else ""
    later = f"; {', '.join(stay)} say their version and come after" if stay else ""
    yield RunbookStep(
        f"merge the change of {upgrade.file} and apply it; the plan must show the version of the cluster{nodes}, and "
        f"nothing else{later}",
        apply_commands(upgrade.environment),
        "15 minutes for the control plane, then for each node group what draining its nodes takes",
        f"aws eks describe-cluster {place.replace('--cluster-name', '--name')} --query 'cluster.[version,status]' says "
        f"{step.target} ACTIVE, and a second plan is empty",
    )


def _group(upgrade: Upgrade, cluster: EksClusterConfig, step: Step, place: str) -> RunbookStep:
    key = str(step.path[-2])
    group = cluster.node_groups[key]
    return RunbookStep(
        f"merge the change of {upgrade.file} and apply it; the plan must show the version of node group {key}, and "
        "nothing else",
        apply_commands(upgrade.environment),
        f"what draining its nodes takes, {group.max_unavailable} at once and {group.max_size} at most",
        f"aws eks describe-nodegroup {place} --nodegroup-name {group.name or key} --query "
        f"'nodegroup.[version,status]' says {step.target} ACTIVE",
    )


def _addons(
    upgrade: Upgrade, cluster: EksClusterConfig, step: Step, region: str, place: str
) -> Iterator[RunbookStep]:
    """They are not part of the version: what the file pins stays pinned, the others stay at what they run."""
    pinned = ", ".join(cluster.addon_versions) or "none of them"
    addons = " ".join(cluster.addons)
    query = "addons[0].addonVersions[?compatibilities[0].defaultVersion].addonVersion"
    yield RunbookStep(
        f"raise the add-ons, which stay at what they are by themselves: write the versions that EKS has by default for "
        f"{step.target} into addon_versions of aws.eks_clusters.{step.key} (it pins {pinned} now), merge and apply; a pull "
        "request of its own",
        (
            f"for addon in {addons}; do echo $addon $(aws eks describe-addon-versions --region {region} "
            f"--kubernetes-version {step.target} --addon-name $addon --query '{query}' --output text); done",
            *apply_commands(upgrade.environment),
        ),
        "5 minutes for each",
        f"aws eks describe-addon {place} --addon-name kube-proxy --query 'addon.[addonVersion,status]' says the new "
        "version and ACTIVE, and the same for the others",
    )


def _platform_comes_after(
    upgrade: Upgrade, attach: AttachConfig, google: GoogleConfig | None, step: Step
) -> RunbookStep:
    return RunbookStep(
        f"take Google's software in the cluster along, from {attach.platform_version}: as soon as Google offers a version "
        f"for {step.target}, and before the next version of Kubernetes",
        (
            _server_config(attach, google),
            f"hybrid upgrade {upgrade.environment} {step.target}.Z-gke.N --cluster {step.key}",
        ),
        "a day or a month, until the list has one; then 15 minutes",
        f"the file says a platform_version of {step.target}, and it is applied",
    )


def _platform(
    upgrade: Upgrade, attach: AttachConfig, google: GoogleConfig, step: Step, name: str
) -> Iterator[RunbookStep]:
    stack, location = attach_stack(upgrade.environment), attach.location or google.region
    yield RunbookStep(
        "see that Google offers the version",
        (_server_config(attach, google),),
        "1 minute",
        f"the list names {step.target}",
    )
    yield RunbookStep(
        f"merge the change of {upgrade.file}, and apply {stack} from inside the network; the plan must show "
        f"platform_version of {name} and its agent's release, and nothing else",
        (f"hybrid reach {stack}", *apply_commands(stack)),
        "15 minutes",
        f"gcloud container attached clusters describe {name} --project={google.host_project.id} "
        f"--location={location} --format='value(platformVersion,state)' prints {step.target} RUNNING",
    )


def _server_config(attach: AttachConfig, google: GoogleConfig | None) -> str:
    project = f" --project={google.host_project.id}" if google else ""
    location = attach.location or (google.region if google else "")
    return f"gcloud container attached get-server-config{project} --location={location}"
