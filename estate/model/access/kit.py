"""What a team's namespaces get beside access: how much, how guarded, how open.

Left out: what a team brings into its namespaces itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from estate.model.base import Model
from estate.model.words import Words

CpuQuantity = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]*m?$"),
    Words('an amount of processors in quotes such as "8" or "500m"'),
]
"""Processors, or thousandths of one."""

MemoryQuantity = Annotated[
    str, StringConstraints(pattern=r"^[1-9][0-9]*(Ki|Mi|Gi|Ti)$"), Words("an amount of memory such as 16Gi")
]
"""Memory with its unit."""


class PodSecurity(StrEnum):
    """A level of the Pod Security Standards: https://kubernetes.io/docs/concepts/security/pod-security-standards/."""

    RESTRICTED = "restricted"
    BASELINE = "baseline"
    PRIVILEGED = "privileged"


class NetworkDefault(StrEnum):
    """What holds for connections that no NetworkPolicy speaks of."""

    OPEN = "open"
    DENY_INGRESS = "deny_ingress"


class Quota(Model):
    """How much all pods of one namespace may ask for together."""

    cpu: CpuQuantity
    """Processors that they may ask for, such as "8"."""
    memory: MemoryQuantity
    """Memory that they may ask for, such as 16Gi."""
    pods: Annotated[StrictInt, Field(ge=1)]
    """How many there may be."""
    container_cpu: CpuQuantity = "100m"
    """Processors that a container asks for which says nothing, because a quota refuses who asks for nothing; 100m when
    absent."""
    container_memory: MemoryQuantity = "128Mi"
    """Memory that a container asks for which says nothing; 128Mi when absent."""
