"""What the manifests of some clusters say, word for word: ``python -m tests.manifests.golden`` writes them.

The example's own tree, `tests/clusters`, is applied by Config Sync and has no Argo CD. Here stand two clusters of the same
estate with everything that one can have, applied by Argo CD, so that a change of the code shows in a diff whatever it changes.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from estate.derived.clusters.contents import clusters
from estate.model.aws.eks_backup import EksBackupConfig
from estate.model.aws.eks_cluster import NetworkPolicies
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.fleet.mesh_trust import MeshTrust
from estate.model.fleet.service_mesh import ServiceMesh
from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig
from manifests.writing import files
from tests.manifests.example_tree import with_teams_repositories

FOLDER: Final = Path(__file__).parent / "golden"
_SHOWN: Final = {("prod", "apps"), ("prod", "aws")}


def golden() -> Mapping[Path, str]:
    """The text of each file by where it stands."""
    whole = with_everything()
    gitops = whole.organization.gitops
    assert gitops is not None
    return {
        FOLDER / name: text
        for one in clusters(whole, ["prod"])
        if (one.environment, one.key) in _SHOWN
        for name, text in files(gitops, one).items()
    }


def with_everything() -> Estate:
    """The example with repositories of teams, software in its clusters and a mesh with a root, applied by Argo CD."""
    whole = with_teams_repositories("argo_cd")
    return replace(whole, environments={**whole.environments, "prod": _prod(whole.environments["prod"])})


def _prod(one: Environment) -> Environment:
    assert one.aws
    assert one.vmware
    assert one.fleet
    in_aws = one.aws.eks_clusters["aws"].model_copy(
        update={
            "load_balancer_controller": True,
            "network_policies": NetworkPolicies.VPC_CNI,
            "backup": EksBackupConfig(kms_key="backups"),
        }
    )
    saved = UserClusterBackupConfig(url="https://s3.example.com:9000", bucket="kl-backups")
    on_prem = one.vmware.user_clusters["apps"].model_copy(update={"backup": saved})
    mesh = one.fleet.features.model_copy(
        update={"service_mesh": ServiceMesh(revision="asm-1313-9", trust=MeshTrust())}
    )
    return one.model_copy(
        update={
            "aws": one.aws.model_copy(update={"eks_clusters": {"aws": in_aws}}),
            "vmware": one.vmware.model_copy(update={"user_clusters": {"apps": on_prem}}),
            "fleet": one.fleet.model_copy(update={"features": mesh}),
        }
    )


def write() -> None:
    """Write them all anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for path, text in golden().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
