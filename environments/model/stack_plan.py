"""Which stacks an estate has, what each needs to reach to be planned, and in which order they are applied.

An environment's own stack can be planned from anywhere. What needs a private network at plan time stands in
a companion stack beside it, `<environment>-vsphere`, with a state, a record and a lock file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from environments.model.environment import Environment
    from environments.model.estate import Estate

VSPHERE_SUFFIX: Final = "-vsphere"
"""End of the name of a companion stack for vSphere; no environment's name has a hyphen."""


@dataclass(frozen=True)
class StackPlan:
    """One stack.

    Attributes:
        name: the stack, and its folder.
        environment: whose it is.
        reaches: hosts with their ports that a plan reaches and that not every machine can.
        after: stacks that are applied before it, in order.
    """

    name: str
    environment: str
    reaches: tuple[tuple[str, int], ...]
    after: tuple[str, ...]

    @property
    def is_companion(self) -> bool:
        """Whether it stands beside the environment's own stack."""
        return self.name != self.environment


def vsphere_stack(environment: str) -> str:
    """Name of the companion stack for vSphere."""
    return f"{environment}{VSPHERE_SUFFIX}"


def environment_of(stack: str) -> str:
    """Name of the environment that a stack belongs to."""
    return stack.removesuffix(VSPHERE_SUFFIX)


def has_vsphere(environment: Environment) -> bool:
    """Whether an environment asks for the companion stack."""
    return environment.vmware is not None and environment.vmware.vsphere is not None


def stack_plans(estate: Estate) -> Mapping[str, StackPlan]:
    """Every stack by name, in an order in which they can be applied."""
    found = {plan.name: plan for plan in _plans(estate)}
    sorter = TopologicalSorter({name: plan.after for name, plan in found.items()})
    return {name: found[name] for name in sorter.static_order() if name in found}


def _plans(estate: Estate) -> list[StackPlan]:
    plans = []
    for name, environment in estate.environments.items():
        before = []
        if environment.vmware and environment.vmware.vsphere:
            vsphere = environment.vmware.vsphere
            companion, owner = vsphere_stack(name), vsphere.tags.owner if vsphere.tags else None
            after = (vsphere_stack(owner),) if owner else ()
            plans.append(StackPlan(companion, name, (vsphere.endpoint,), after))
            before.append(companion)
        project_owner = environment.google.host_project.owner if environment.google else None
        plans.append(StackPlan(name, name, (), (*([project_owner] if project_owner else []), *before)))
    return plans
