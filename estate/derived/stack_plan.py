"""Which stacks an estate has, what each needs to reach to be planned, and in which order they are applied.

An environment's own stack can be planned from anywhere. What needs a private network at plan time stands in
a companion stack beside it, `<environment>-vsphere` or `<environment>-attach`, with a state, a record and a
lock file of its own. So does what a pipeline stands on, `<environment>-bootstrap`, which a person applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Final

from estate.model.environment import Environment
from estate.model.estate import Estate

VSPHERE_SUFFIX: Final = "-vsphere"
"""End of the name of a companion stack for vSphere; no environment's name has a hyphen."""

ATTACH_SUFFIX: Final = "-attach"
"""End of the name of a companion stack that attaches clusters to the fleet."""

BOOTSTRAP_SUFFIX: Final = "-bootstrap"
"""End of the name of the stack that holds an environment's state and its pipeline's identities."""


@dataclass(frozen=True)
class EksApi:
    """The API of an EKS cluster, whose host nobody knows before the cluster stands.

    Attributes:
        cluster: name of the cluster.
        region: where it is.
    """

    cluster: str
    region: str

    def __str__(self) -> str:
        return f"the API of EKS cluster {self.cluster} in {self.region}"


@dataclass(frozen=True)
class ContextApi:
    """The API of a cluster of others.

    Attributes:
        key: key of the cluster.
        context: context of the kubeconfig that logs in to it.
        server: its URL, as the file says it.
        host: the host in that.
        port: its port.
    """

    key: str
    context: str
    server: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"the API of attached cluster {self.key} at {self.host}:{self.port}"


@dataclass(frozen=True)
class StackPlan:
    """One stack.

    Attributes:
        name: the stack, and its folder.
        environment: whose it is.
        reaches: hosts with their ports that a plan reaches and that not every machine can.
        after: stacks that are applied before it, in order.
        clusters: clusters whose APIs a plan reaches, and that not every machine can.
        by_hand: whether a person plans and applies it, and no pipeline ever does.
    """

    name: str
    environment: str
    reaches: tuple[tuple[str, int], ...]
    after: tuple[str, ...]
    clusters: tuple[EksApi | ContextApi, ...] = ()
    by_hand: bool = False

    @property
    def is_companion(self) -> bool:
        """Whether it stands beside the environment's own stack."""
        return self.name != self.environment


def vsphere_stack(environment: str) -> str:
    """Name of the companion stack for vSphere."""
    return f"{environment}{VSPHERE_SUFFIX}"


def attach_stack(environment: str) -> str:
    """Name of the companion stack that attaches clusters."""
    return f"{environment}{ATTACH_SUFFIX}"


def bootstrap_stack(environment: str) -> str:
    """Name of the stack that holds an environment's state and its pipeline's identities."""
    return f"{environment}{BOOTSTRAP_SUFFIX}"


def environment_of(stack: str) -> str:
    """Name of the environment that a stack belongs to."""
    return stack.removesuffix(VSPHERE_SUFFIX).removesuffix(ATTACH_SUFFIX).removesuffix(BOOTSTRAP_SUFFIX)


def companion_names(environment: str) -> tuple[str, ...]:
    """Names of the companion stacks that an environment can have."""
    return vsphere_stack(environment), attach_stack(environment), bootstrap_stack(environment)


def companions(environment: Environment) -> tuple[str, ...]:
    """Names of the companion stacks that an environment has."""
    name = environment.environment
    return (
        *([vsphere_stack(name)] if has_vsphere(environment) else []),
        *([attach_stack(name)] if has_attach(environment) else []),
        *([bootstrap_stack(name)] if environment.bootstrap else []),
    )


def has_attach(environment: Environment) -> bool:
    """Whether an environment has the companion stack that attaches clusters.

    As long as it has such clusters, attached or not: what made a cluster a member has to be taken away by the
    stack that made it.
    """
    eks = environment.aws and environment.aws.eks_clusters
    return bool(environment.google and (eks or environment.clusters_of_others))


def has_vsphere(environment: Environment) -> bool:
    """Whether an environment asks for the companion stack."""
    return environment.vmware is not None and environment.vmware.vsphere is not None


def stack_plans(estate: Estate) -> Mapping[str, StackPlan]:
    """Every stack by name, in the order in which they are applied.

    That is the order of promotion, as far as a stack does not wait for one that comes later there.
    """
    found = {plan.name: plan for plan in _plans(estate)}
    sorter = TopologicalSorter(
        {name: [before for before in plan.after if before in found] for name, plan in found.items()}
    )
    sorter.prepare()
    turns = list(found)
    ordered: dict[str, StackPlan] = {}
    ready: set[str] = set()
    while sorter.is_active():
        ready.update(sorter.get_ready())
        name = min(ready, key=turns.index)
        ready.remove(name)
        sorter.done(name)
        ordered[name] = found[name]
    return ordered


def _plans(estate: Estate) -> list[StackPlan]:
    plans = []
    for name, environment in estate.environments.items():
        if environment.bootstrap:
            ground = environment.bootstrap.owner
            after = (bootstrap_stack(ground),) if ground else ()
            plans.append(StackPlan(bootstrap_stack(name), name, (), after, by_hand=True))
        before = []
        if environment.vmware and environment.vmware.vsphere:
            vsphere = environment.vmware.vsphere
            companion, owner = vsphere_stack(name), vsphere.tags.owner if vsphere.tags else None
            after = (vsphere_stack(owner),) if owner else ()
            plans.append(StackPlan(companion, name, (vsphere.endpoint,), after))
            before.append(companion)
        project_owner = environment.google.host_project.owner if environment.google else None
        plans.append(StackPlan(name, name, (), (*([project_owner] if project_owner else []), *before)))
        if has_attach(environment):
            clusters: tuple[EksApi | ContextApi, ...] = (
                *_eks_apis(estate, environment),
                *_apis_of_others(environment),
            )
            plans.append(StackPlan(attach_stack(name), name, (), (name,), clusters))
    return plans


def _eks_apis(estate: Estate, environment: Environment) -> Iterator[EksApi]:
    for key, cluster in environment.aws.eks_clusters.items() if environment.aws else ():
        name = cluster.name_in(estate.organization.name, environment.environment, key)
        yield EksApi(name, environment.aws.region if environment.aws else "")


def _apis_of_others(environment: Environment) -> Iterator[ContextApi]:
    for key, cluster in environment.clusters_of_others.items():
        way = cluster.reached_by
        yield ContextApi(key, way.context, way.server, *way.endpoint)
