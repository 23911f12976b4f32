"""Command lines that several steps print."""

from __future__ import annotations

from collections.abc import Iterable


def for_each(name: str, values: Iterable[str], command: str) -> str:
    """One command for each of several values, as a loop of the shell where there is more than one.

    Args:
        name: variable of the shell that the command takes the value from, as `$name`.
        values: the values, which hold nothing that the shell reads in its own way.
        command: what is run for each.
    """
    found = list(values)
    if len(found) == 1:
        return command.replace(f"${name}", found[0])
    return f"for {name} in {' '.join(found)}; do {command}; done"


def reading(environment: str, cluster: str) -> str:
    """What shows that the first way into a cluster leads there."""
    return f"kubectl --kubeconfig {kubeconfig(environment, cluster)} get nodes  # each is Ready"


def tagged_balancers(region: str, cluster: str) -> tuple[str, ...]:
    """What lists the load balancers and target groups in AWS that were made for a cluster.

    The AWS Load Balancer Controller tags them (docs/guide/service/annotations.md of
    https://github.com/kubernetes-sigs/aws-load-balancer-controller, read 2026-11-30), and finds them by that again
    (pkg/deploy/elbv2/load_balancer_synthesizer.go); Kubernetes' own cloud provider has the other tag, from memory.
    """
    return tuple(
        f"aws resourcegroupstaggingapi get-resources --region {region} --resource-type-filters elasticloadbalancing "
        f"--tag-filters {tag} --query 'ResourceTagMappingList[].ResourceARN' --output text"
        for tag in (f"Key=elbv2.k8s.aws/cluster,Values={cluster}", f"Key=kubernetes.io/cluster/{cluster}")
    )


def kubeconfig(environment: str, cluster: str) -> str:
    """File that the first way into a cluster is written to, so that later commands find it."""
    return f"{environment}-{cluster}.kubeconfig"


def ring_place(ring: str) -> str:
    """A key ring, `projects/P/locations/L/keyRings/N`, as gcloud is told of it."""
    _, project, _, location, _, name = ring.split("/")
    return f"{name} --location={location} --project={project}"
