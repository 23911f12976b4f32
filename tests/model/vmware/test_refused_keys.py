"""Keys that people know from gkectl or the provider and that no supported version takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.model.base import Model
from estate.model.vmware.load_balancer import LoadBalancerConfig, ManualConfig
from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.user_cluster import ControlPlaneConfig, UserClusterConfig
from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig
from estate.reading.loader import validate
from tests.reading.sample import source


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (LoadBalancerConfig, "f5_config", "keep the F5 and say manual"),
        (LoadBalancerConfig, "f5_big_ip", "keep the F5 and say manual"),
        (LoadBalancerConfig, "seesaw", "migrate the cluster to MetalLB with gkectl"),
        (ManualConfig, "konnectivity_server_node_port", "belongs to kubeception"),
        (UserClusterConfig, "kubeception", "migrate the cluster to Controlplane V2 with gkectl"),
        (UserClusterConfig, "enable_control_plane_v2", "a kubeception cluster is migrated with gkectl first"),
        (UserClusterConfig, "auto_repair", "the provider never sends a false"),
        (ControlPlaneConfig, "replicas", "list three ips"),
        (UserClusterBackupConfig, "access_key", "say the name of a Secret in secret"),
        (NodePoolConfig, "version", "pools follow their cluster's"),
    ],
)
def test_the_reason_is_said(tmp_path: Path, model: type[Model], key: str, words: str) -> None:
    """With what to do, and not that the key is unknown."""
    problems = validate(source(tmp_path, f"{key}: false\n"), model).problems

    message = next(problem.message for problem in problems if problem.path == key)
    assert message.startswith("is refused here: ")
    assert words in message
