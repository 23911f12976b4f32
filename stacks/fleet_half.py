"""The fleet of an environment's stack: what stands before its clusters, and what they are set up with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cdktf import ITerraformDependable, TerraformOutput, TerraformStack

from constructs_lib.access.role_binding_actuation import RoleBindingActuation
from constructs_lib.fleet.feature_memberships import FeatureMemberships
from constructs_lib.fleet.features import NAMES, Features
from constructs_lib.fleet.fleet import Fleet
from constructs_lib.fleet.member import Member
from constructs_lib.google.service_accounts import ServiceAccounts
from estate.model.environment import Environment
from estate.model.fleet.fleet import FleetConfig
from estate.model.fleet.service_mesh import mesh_id, network_names
from estate.model.google.google import GoogleConfig
from estate.model.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.share import Share


@dataclass(frozen=True)
class FleetHalf:
    """Defines what one fleet section describes, and what belongs to a host project that registers clusters.

    Attributes:
        stack: the environment's stack.
        environment: the whole environment, whose clusters are in the mesh.
        config: the section, None when there is none.
        google: the google section, whose host project the fleet belongs to.
        share: what the environment makes for others.
        services: the host project's APIs, to depend on.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    environment: Environment
    config: FleetConfig | None
    google: GoogleConfig
    share: Share
    services: Sequence[ITerraformDependable]
    prevent_destroy: bool

    @property
    def _project(self) -> str:
        return self.google.host_project.id

    @cached_property
    def _fleet(self) -> Fleet | None:
        """The fleet where this environment owns it; another stack's otherwise."""
        if self.config is None or self.google.host_project.owner:
            return None
        return Fleet(
            self.stack,
            "Fleet",
            config=self.config,
            project=self._project,
            dependencies=self.services,
            prevent_destroy=self.prevent_destroy,
        )

    def define_foundation(self) -> tuple[ITerraformDependable, ...]:
        """Define what has to stand before a cluster registers, and return what to depend on."""
        if self.share.has_on_prem_clusters:
            ServiceAccounts(
                self.stack,
                "ServiceAccounts",
                config=SERVICE_ACCOUNTS,
                project=self._project,
                dependencies=self.services,
            )
        # The fleet itself waits for the services, so what waits for the fleet need not name them all.
        return (self._fleet.resource,) if self._fleet else tuple(self.services)

    def define_actuation(self) -> tuple[ITerraformDependable, ...]:
        """Define the feature that binds roles in clusters, and return what role bindings depend on."""
        if self.share.custom_roles is None or self._fleet is None:
            return ()
        actuation = RoleBindingActuation(
            self.stack,
            "RoleBindingActuation",
            config=self.share.custom_roles,
            project=self._project,
            dependencies=[self._fleet.resource],
        )
        return (actuation.resource,)

    def define_features(self, members: Mapping[str, Member]) -> None:
        """Define the features and how each member cluster is set up with them."""
        if self.config is None:
            return
        names: Mapping[str, str] = NAMES
        if self._fleet:
            features = Features(
                self.stack,
                "Features",
                config=self.config.features,
                project=self._project,
                dependencies=[self._fleet.resource],
            )
            names = features.names
        FeatureMemberships(
            self.stack,
            "FeatureMemberships",
            config=self.config.features,
            members=members,
            names=names,
            project=self._project,
        )
        if self.config.features.service_mesh and members:
            self._output_mesh(members)

    def _output_mesh(self, members: Mapping[str, Member]) -> None:
        networks = network_names(self.environment)
        clusters = {
            # Not by key: the output is the same when that is renamed.
            networks[key].removeprefix(f"{self.environment.environment}-"): {
                "network": networks[key],
                "membership": member.membership_id,
                "location": member.membership_location,
            }
            for key, member in members.items()
        }
        mesh = {"mesh_id": mesh_id(self.google.host_project.number), "clusters": clusters}
        TerraformOutput(
            self.stack,
            "service_mesh",
            value=json.dumps(mesh, indent=2),
            description="Mesh id, and each cluster's network name, for asmcli: terraform output -raw service_mesh",
        )
