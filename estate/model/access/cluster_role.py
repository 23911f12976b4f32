"""A ClusterRole of the organization's own, which teams' access names.

It is bound in the teams' namespaces alone, so what it says of nodes and other things outside of namespaces gives nothing.
Left out: roles that aggregate others, whose rights nobody reads here.
https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

ALL: Final = "*"

ApiGroup = Annotated[
    str,
    StringConstraints(pattern=r"^(\*|[a-z0-9]([-.a-z0-9]*[a-z0-9])?)?$"),
    Words('an API group such as apps, "" for the core group, or *'),
]
"""Group of the Kubernetes API; empty for the core."""

Resource = Annotated[
    str,
    StringConstraints(pattern=r"^(\*|[a-z][a-z0-9]*)(/[a-z*]+)?$"),
    Words("a resource in the plural such as deployments or deployments/scale, or *"),
]
"""Resource of the Kubernetes API, in the plural, with a subresource or without."""

Verb = Annotated[
    str, StringConstraints(pattern=r"^(\*|[a-z]+)$"), Words("a verb such as get, list or patch, or *")
]
"""What may be done."""


class RoleRule(Model):
    """What may be done with some resources."""

    api_groups: Annotated[tuple[ApiGroup, ...], Field(min_length=1)]
    """Groups of the API that the resources are of; "" is the core group."""
    resources: Annotated[tuple[Resource, ...], Field(min_length=1)]
    """Resources in the plural, with subresources such as pods/log."""
    verbs: Annotated[tuple[Verb, ...], Field(min_length=1)]
    """What may be done with them."""
    resource_names: tuple[Annotated[str, StringConstraints(min_length=1)], ...] = ()
    """Names of the only objects that are meant; all when absent."""

    @rule
    def _rule_is_not_everything(self) -> Iterator[Violation]:
        """No rule gives every verb on every resource of every group, which is cluster-admin by another name."""
        if all(ALL in said for said in (self.api_groups, self.resources, self.verbs)):
            yield Violation(
                ("verbs",),
                "must not be * on every resource of every group, which is cluster-admin by another name; name what the "
                "team's task takes",
            )


class ClusterRole(Model):
    """A ClusterRole of one's own."""

    rules: Annotated[tuple[RoleRule, ...], Field(min_length=1)]
    """What it allows."""
