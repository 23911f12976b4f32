"""The fleet that clusters register with, where this environment owns it, and what is on in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable

from constructs_lib.access.role_binding_actuation import RoleBindingActuation
from constructs_lib.fleet.features import NAMES, Features
from constructs_lib.fleet.fleet import Fleet
from estate.model.fleet.fleet import FleetConfig
from estate.model.google.google import HostProject
from stacks.context import StackContext


class FleetSection:
    """Define the fleet with its features; another environment's is left to it.

    Attributes:
        foundation: what has to stand before a cluster registers, to depend on.
        feature_names: the service's name of each feature by key.
        actuation: what role bindings in clusters depend on.
    """

    def __init__(
        self,
        context: StackContext,
        *,
        config: FleetConfig | None,
        host_project: HostProject,
        services: Sequence[ITerraformDependable],
    ) -> None:
        names: Mapping[str, str] = NAMES
        foundation: Sequence[ITerraformDependable] = services
        actuation: Sequence[ITerraformDependable] = ()
        if config and host_project.owner is None:
            fleet = Fleet(
                context.stack,
                "Fleet",
                config=config,
                project=host_project.id,
                dependencies=services,
                prevent_destroy=context.prevent_destroy,
            )
            # The fleet itself waits for the services, so what waits for the fleet need not name them all.
            foundation = (fleet.resource,)
            names = Features(
                context.stack,
                "Features",
                config=config.features,
                project=host_project.id,
                dependencies=foundation,
            ).names
            if context.share.custom_roles is not None:
                allowed_roles = RoleBindingActuation(
                    context.stack,
                    "RoleBindingActuation",
                    config=context.share.custom_roles,
                    project=host_project.id,
                    dependencies=foundation,
                )
                actuation = (allowed_roles.resource,)
        self.foundation: Final = foundation
        self.feature_names: Final = names
        self.actuation: Final = actuation
