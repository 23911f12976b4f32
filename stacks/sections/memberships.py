"""What each member of the fleet is set up with from the environment's own stack."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cdktf import TerraformOutput

from constructs_lib.fleet.feature_memberships import FeatureMemberships
from constructs_lib.fleet.member import Member
from estate.derived.fleet.mesh import mesh_id, network_names
from estate.model.fleet.features import FleetFeatures
from estate.model.google.google import HostProject
from stacks.context import StackContext


class MembershipsSection:
    """Define how each member cluster is set up with the fleet's features, and say what the mesh is told."""

    def __init__(
        self,
        context: StackContext,
        *,
        config: FleetFeatures,
        host_project: HostProject,
        names: Mapping[str, str],
        members: Mapping[str, Member],
    ) -> None:
        FeatureMemberships(
            context.stack,
            "FeatureMemberships",
            config=config,
            members=members,
            names=names,
            project=host_project.id,
        )
        if config.service_mesh and members:
            _output_mesh(context, host_project, members)


def _output_mesh(context: StackContext, host_project: HostProject, members: Mapping[str, Member]) -> None:
    environment = context.environment
    networks = network_names(environment)
    clusters = {
        # Not by key: the output is the same when that is renamed.
        networks[key].removeprefix(f"{environment.environment}-"): {
            "network": networks[key],
            "membership": member.membership_id,
            "location": member.membership_location,
        }
        for key, member in members.items()
    }
    mesh = {"mesh_id": mesh_id(host_project.number), "clusters": clusters}
    TerraformOutput(
        context.stack,
        "service_mesh",
        value=json.dumps(mesh, indent=2),
        description="Mesh id, and each cluster's network name, for asmcli: terraform output -raw service_mesh",
    )
