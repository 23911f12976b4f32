"""Documents in the shapes that people have, from first to last: what becomes of them is checked and synthesized.

In each of shapes/ something does not fit, and what is said of it is part of the test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from estate.reading import paths
from operations.artifacts.synthesis import synth
from tests.operations.adopt.leaves import leaves
from tests.operations.adopt.management_service.clusters.workplace import (
    ALIASES,
    FLEET,
    MANAGED,
    SUBNETS,
    Workplace,
)

SHAPES = Path(__file__).with_name("shapes")
ALONE = (
    "apiVersion",
    "kind",
    "metadata.",
    "status.",
    "spec.version",
    "spec.region",
    "spec.controlPlane.version",
)
"""What is compared, translated, or said to be the service's own, so that the value itself is not to be seen."""
EFFECTS = {"NOSCHEDULE", "NoSchedule", "PREFERNOSCHEDULE"}
"""Words that are others in the section."""


def moved(work: Workplace, shape: str, *options: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Write the cluster of a shape; returns the `aws` section, what is synthesized, and what was said."""
    code, _, err = work.run(work.write(f"{shape}.yaml", text_of(shape)), *FLEET, *options, "--write")
    assert code == 0, err
    assert "is not known here, nothing is made of it" not in err or shape == "own-names-1.23"
    synth(Path("environments"), ["dev"], work.folder / "out")
    stack = json.loads((work.folder / "out" / "stacks" / "dev" / "cdk.tf.json").read_text("utf-8"))
    section = yaml.safe_load(work.environment.read_text("utf-8"))["aws"]
    return section, stack["resource"], err


def text_of(shape: str) -> str:
    """The file of a shape."""
    return (SHAPES / f"{shape}.yaml").read_text("utf-8")


def groups(resources: dict[str, Any]) -> dict[str, Any]:
    """Node groups of a stack by their names."""
    found = resources["aws_eks_node_group"].values()
    return {one.get("node_group_name", one.get("node_group_name_prefix")): one for one in found}


def test_three_pools_of_the_walkthrough(work: Workplace) -> None:
    """1.16, in a VPC that the environment makes: more pods than addresses, disks smaller than EKS's image."""
    work.environment.write_text(MANAGED, "utf-8")

    aws, resources, err = moved(work, "three-pools-1.16", *work.aws(SUBNETS, ALIASES))

    cluster = aws["eks_clusters"]["cluster-0"]
    assert list(aws["kms_keys"]) == ["secrets"]
    assert (cluster["version"], cluster["kms_key"], cluster["services"]) == (
        "1.35",
        "secrets",
        "172.21.0.0/16",
    )
    assert cluster["access"]["administrators"] == {"gke-admin": "arn:aws:iam::111122223333:user/gke-admin"}
    assert {name: one["zones"] for name, one in cluster["node_groups"].items()} == {
        "cluster-0-pool-0": ["eu-west-1a"],
        "cluster-0-pool-1": ["eu-west-1b"],
        "cluster-0-pool-2": ["eu-west-1c"],
    }
    assert cluster["node_groups"]["cluster-0-pool-1"]["volume"] == {"size_gib": 20}
    assert cluster["scaler"] == "cluster_autoscaler"
    assert len(groups(resources)) == 3
    (made,) = resources["aws_eks_cluster"].values()
    assert made["name"] == "kl-dev-cluster-0"
    assert "note: a node of cluster-0-pool-1 took 100 pods and takes 17 here" in err
    assert "three-pools-1.16.yaml:67:19: spec.maxPodsPerNode: 100: EKS decides it" in err


def test_a_list_of_kubectl(work: Workplace) -> None:
    """1.20: what the API server wrote, login by OIDC with a secret, tags, pools of another cluster."""
    aws, resources, err = moved(work, "kubectl-list-1.20")

    cluster = aws["eks_clusters"]["shops"]
    assert cluster["access"]["administrators"] == {
        "platform-admin": "arn:aws:iam::111122223333:role/platform-admin",
        "cluster-admins": "arn:aws:iam::111122223333:role/teams/Cluster_Admins",
    }
    assert cluster["attach"] == {"platform_version": "1.35.0-gke.1", "logging": ["system_components"]}
    assert cluster["node_groups"]["shops-web"]["labels"] == {"example.com/tier": "web"}
    assert aws["kms_keys"]["shops-secrets"]["existing"]["key_arn"].endswith("000000000001")
    assert len(resources["aws_eks_access_entry"]) == 3
    assert "opensesame" not in err
    assert "spec.authentication.oidc[0].clientSecret: people come by the Connect gateway" in err
    assert "note: node pools of other clusters are not moved now: batch-pool of batch" in err
    assert (
        "of the management service's own in kubectl-list-1.20.yaml, nothing is made of it: metadata.annotations, "
        "metadata.creationTimestamp, metadata.finalizers, metadata.generation, metadata.managedFields"
    ) in err
    assert "status.state" not in err
    assert "spec.version: nodes have the version of their cluster" in err


def test_behind_a_proxy(work: Workplace) -> None:
    """1.22: a proxy, a taint without a value, a speed where none is asked for."""
    aws, _, err = moved(work, "proxy-1.22")

    pools = aws["eks_clusters"]["films"]["node_groups"]
    assert aws["eks_clusters"]["films"]["access"]["administrators"] == {
        "admin-1st-line": "arn:aws:iam::111122223333:user/ops/1st-line"
    }
    assert pools["films-plain"]["volume"] == {"volume_type": "gp3", "size_gib": 40, "iops": 4000}
    assert pools["films-encode"]["volume"] == {"volume_type": "gp2", "size_gib": 100}
    assert pools["films-encode"]["taints"] == [
        {"key": "dedicated", "value": "encode", "effect": "PREFER_NO_SCHEDULE"}
    ]
    assert "spec.taints[0].effect: a taint has a value of letters and digits here; without the taint" in err
    assert "spec.controlPlane.proxySecretName: nodes go out by the VPC's NAT gateways" in err
    assert "spec.rootVolume.iops: 300: only io1, io2 and gp3 are asked for a speed" in err


def test_nodes_with_graphics_cards(work: Workplace) -> None:
    """1.25: one key for secrets and disks, labels that Kubernetes keeps to itself, an administrator by two paths."""
    aws, resources, err = moved(work, "gpu-1.25")

    cluster = aws["eks_clusters"]["vision"]
    assert list(aws["kms_keys"]) == ["vision-secrets"]
    assert cluster["node_groups"]["gpu"]["volume"] == {
        "volume_type": "io1",
        "size_gib": 200,
        "iops": 2000,
        "kms_key": "vision-secrets",
    }
    assert cluster["node_groups"]["gpu"]["labels"] == {"accelerator": "t4"}
    assert cluster["node_groups"]["gpu"]["taints"] == [
        {"key": "nvidia.com/gpu", "value": "present", "effect": "NO_SCHEDULE"}
    ]
    assert list(cluster["access"]["administrators"]) == ["vision-admin"]
    assert len(resources["aws_launch_template"]) == 2
    assert (
        'spec.labels["node.kubernetes.io/role"]: Kubernetes or EKS keeps labels of this domain to itself'
        in err
    )
    assert '["not a key"]: is no label that Kubernetes takes' in err
    assert "adminIdentityARNs[1]: stands here a second time" in err
    assert "spec.controlPlane.workloadIdentity.oidcDiscoveryGCSBucket: tokens of the new cluster" in err


def test_nodes_in_a_public_subnet(work: Workplace) -> None:
    """1.18: nodes on the internet, another fleet, no logs, a machine that nobody knows, no word of a volume."""
    aws, _, err = moved(work, "public-subnet-1.18")

    cluster = aws["eks_clusters"]["lab"]
    assert cluster["attach"]["logging"] == []
    assert "scaler" not in cluster
    assert cluster["node_groups"]["lab-pool"] == {
        "instance_types": ["z9.unknown"],
        "min_size": 1,
        "max_size": 1,
        "zones": ["eu-west-1a"],
    }
    assert (
        "note: nodes of lab-pool stood in a public subnet, and stand in the private one of eu-west-1a here"
        in err
    )
    assert (
        "note: the old cluster is in the fleet of another-fleet and the new one joins that of kl-dev-host"
        in err
    )
    assert "empty in public-subnet-1.18.yaml, so nothing is made of it: spec.networking.serviceLoad" in err


def test_a_cluster_with_the_name_of_the_new_one(work: Workplace) -> None:
    """1.23: both stand in the fleet for a time; two administrators of one name; a field of a later version."""
    aws, resources, err = moved(work, "own-names-1.23")

    (made,) = resources["aws_eks_cluster"].values()
    assert made["name"] == "kl-dev-apps-eks"
    assert aws["eks_clusters"]["apps-eks"]["access"]["administrators"] == {
        "apps-admin": "arn:aws:iam::111122223333:role/a/Apps-Admin",
        "apps-admin-2": "arn:aws:iam::111122223333:user/apps-admin",
    }
    assert aws["eks_clusters"]["apps-eks"]["node_groups"]["fixed"]["labels"] == {"empty": ""}
    assert "spec.networking.flavour: is not known here, nothing is made of it" in err


def test_every_value_is_in_the_section_or_listed(work: Workplace) -> None:
    """None is dropped without a word, in any shape."""
    for shape in sorted(path.stem for path in SHAPES.glob("*.yaml")):
        code, out, err = work.run(work.write(f"{shape}.yaml", text_of(shape)), *FLEET)
        assert code == 0, err
        for document in yaml.safe_load_all(text_of(shape)):
            moving = [
                one for one in document.get("items", [document]) if one["metadata"]["name"] != "batch-pool"
            ]
            for one in moving:
                for path, value in leaves(one):
                    dotted = paths.dotted(path)
                    told = f" {dotted}: " in err or str(value).lower() in (out + err).lower()
                    assert told or dotted.startswith(ALONE) or str(value) in EFFECTS, dotted
