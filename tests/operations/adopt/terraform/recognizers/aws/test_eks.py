"""EKS clusters that others made: by a well-known module, and in shapes that have no place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.aws.drafts import (
    CLUSTER,
    ISSUER,
    arn,
    left,
    role_arn,
)
from tests.operations.adopt.terraform.recognizers.aws.eks_states import (
    MODULE,
    PATH,
    addon,
    cluster,
    group,
    in_place,
    role,
)
from tests.operations.adopt.terraform.recognizers.aws.test_kms_keys import ADMINISTER, GRANT, USE, key
from tests.operations.adopt.terraform.states import resource


def test_a_cluster_of_a_module(tmp_path: Path) -> None:
    """It keeps its name, its role and what it is encrypted with; what cannot be said is listed."""
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource("aws_iam_role.this", role("shop-cluster-2024"), module=MODULE, keys=(0,)),
        resource(
            "aws_iam_role_policy_attachment.this",
            {
                "id": "a",
                "role": "shop-cluster-2024",
                "policy_arn": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
            },
            module=MODULE,
            keys=("AmazonEKSClusterPolicy",),
        ),
        resource(
            "aws_iam_openid_connect_provider.oidc", {"id": "oidc", "url": ISSUER}, module=MODULE, keys=(0,)
        ),
        resource(
            "aws_cloudwatch_log_group.this",
            {"id": "g", "name": f"/aws/eks/{CLUSTER}/cluster", "retention_in_days": 90},
            module=MODULE,
            keys=(0,),
        ),
        resource(
            "aws_security_group.cluster",
            {"id": "sg-cluster", "name": "shop-cluster", "vpc_id": "vpc-1", "ingress": [], "egress": []},
            module=MODULE,
            keys=(0,),
        ),
        resource(
            "aws_security_group_rule.cluster",
            {
                "id": "r1",
                "type": "ingress",
                "security_group_id": "sg-cluster",
                "protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "source_security_group_id": "sg-node",
            },
            {
                "id": "r2",
                "type": "ingress",
                "security_group_id": "sg-cluster",
                "protocol": "-1",
                "from_port": 0,
                "to_port": 0,
                "cidr_blocks": ["10.30.0.0/16"],
            },
            {"id": "r3", "type": "egress", "security_group_id": "sg-cluster", "cidr_blocks": ["0.0.0.0/0"]},
            module=MODULE,
            keys=("nodes", "onprem", "out"),
        ),
    )

    assert said == {
        "name": CLUSTER,
        "role": role_arn("shop-cluster-2024"),
        "version": "1.35",
        "support": "extended",
        "kms_key": "key-elsewher",
        "services": "172.20.0.0/16",
        "log_types": ["api", "audit", "authenticator"],
        "log_retention_days": 90,
        "endpoint": {"public_from": ["198.51.100.0/24"], "private_from": ["10.30.0.0/16"]},
    }
    assert draft.at("aws", "kms_keys") == {
        "key-elsewher": {"existing": {"key_arn": arn("kms", "key/elsewhere")}}
    }
    stays = "role shop-cluster-2024 is the control plane's, whose role nothing changes but a new cluster"
    group_stays = "the name of a security group cannot be changed, and the one of a cluster's API is called by the environment here"
    assert left(draft) == {
        "module.eks.aws_eks_cluster.this[0].access_config.authentication_mode": "is API_AND_CONFIG_MAP, and here whoever "
        "comes to the API has an access entry: the first apply ends the aws-auth map, for good",
        "module.eks.aws_iam_role.this[0]": f"{stays}, and its name cannot be changed",
        'module.eks.aws_iam_role_policy_attachment.this["AmazonEKSClusterPolicy"]': f"of {stays}, and its name cannot be "
        "changed",
        "module.eks.aws_security_group.cluster[0]": group_stays,
        'module.eks.aws_security_group_rule.cluster["nodes"].ingress.security_groups': "lets in what stands in sg-node, and "
        "here the bastion and ranges come to the API",
        'module.eks.aws_security_group_rule.cluster["nodes"]': group_stays,
        'module.eks.aws_security_group_rule.cluster["onprem"]': group_stays,
        'module.eks.aws_security_group_rule.cluster["out"]': group_stays,
    }
    assert {one.type for one in draft.origins[PATH]} == {"aws_eks_cluster", "aws_iam_openid_connect_provider"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            {"vpc_config": [{"vpc_id": "vpc-9"}]},
            "stands in vpc-9, which no state has with private subnets of the cluster's, nor the file by its ids",
        ),
        ({"name": "Shop_1"}, "is called what no cluster here can be"),
        ({"kubernetes_network_config": [{"ip_family": "ipv6"}]}, "gives pods addresses of IPv6"),
        ({"compute_config": [{"enabled": True}]}, "is of Auto Mode, whose nodes AWS makes"),
        ({"outpost_config": [{"outpost_arns": ["a"]}]}, "stands on an Outpost"),
        ({"remote_network_config": [{"remote_node_networks": []}]}, "has nodes outside AWS"),
    ],
)
def test_a_cluster_that_has_no_place_stays_with_all_that_belongs_to_it(
    more: dict[str, Any], why: str, tmp_path: Path
) -> None:
    """A change into one of the file's would make it anew."""
    name = more.get("name", CLUSTER)
    said, draft = in_place(
        tmp_path,
        cluster(**more),
        resource("aws_eks_node_group.this", {**group(), "cluster_name": name}),
        resource("aws_eks_addon.dns", {"id": "x", "cluster_name": name, "addon_name": "coredns"}),
    )

    assert said is None
    assert why in left(draft)["module.eks.aws_eks_cluster.this[0]"]
    assert left(draft)["aws_eks_node_group.this"].startswith(
        f"belongs to cluster {name}, which has no place here: it "
    )
    assert left(draft).keys() >= {"aws_eks_addon.dns"}


def test_secrets_of_a_cluster_without_a_key_get_one(tmp_path: Path) -> None:
    """In place, and for good, which is said; logs that have no audit are kept whole, and so is what is not kept at all."""
    said, draft = in_place(
        tmp_path, cluster(encryption_config=[], enabled_cluster_log_types=["api"], access_config=[])
    )

    assert (said["kms_key"], draft.at("aws", "kms_keys")) == ("secrets", {"secrets": {}})
    assert left(draft) == {
        "module.eks.aws_eks_cluster.this[0].encryption_config": "Kubernetes secrets are encrypted with no key of one's own, "
        "and here with aws.kms_keys.secrets, which is made",
        "module.eks.aws_eks_cluster.this[0].enabled_cluster_log_types": "has api, and a cluster here keeps the audit log at "
        "least: all five from the first apply",
        "module.eks.aws_eks_cluster.this[0].access_config.authentication_mode": "is CONFIG_MAP, and here whoever comes to "
        "the API has an access entry: the first apply ends the aws-auth map, for good",
    }


@pytest.mark.parametrize(
    ("keys", "encrypted", "said"),
    [
        (arn("kms", "key/4172f749-702e-41fe-ac3f-898d21930cb6"), True, "of-the-shop"),
        (arn("kms", "alias/shop"), False, "of-the-shop"),
    ],
    ids=["by its id", "by its alias"],
)
def test_a_key_that_the_file_has_is_named(keys: str, said: str, tmp_path: Path, *, encrypted: bool) -> None:
    """Whatever names it; who makes clusters with it is the deployer. A cluster's own key is none of volumes."""
    deploy = {
        **USE,
        "Sid": "CreateClusters",
        "Principal": {"AWS": role_arn("deploy")},
        "Action": ["kms:CreateGrant", "kms:DescribeKey"],
    }
    driver = {**GRANT, "Principal": {"AWS": [role_arn("driver"), role_arn("app")]}}
    alias = {"id": "alias/shop", "name": "alias/shop", "arn": arn("kms", "alias/shop")}
    told = {"target_key_id": "4172f749-702e-41fe-ac3f-898d21930cb6"}
    config, draft = in_place(
        tmp_path,
        resource("aws_kms_key.this", key(ADMINISTER, USE, driver, deploy)),
        *([] if encrypted else [resource("aws_kms_alias.this", {**alias, **told})]),
        cluster(encryption_config=[{"provider": [{"key_arn": keys}], "resources": ["secrets"]}]),
        addon("aws-ebs-csi-driver", service_account_role_arn=role_arn("driver")),
    )

    name = said if encrypted else "shop"
    assert (config["kms_key"], "volumes_key" in config) == (name, False)
    assert draft.at("aws", "deployer") == role_arn("deploy")
    assert draft.at("aws", "kms_keys", name, "users") == [role_arn("app")]


def test_keys_that_no_state_has_stand_once(tmp_path: Path) -> None:
    """By their ARN, which follows from an id; AWS's own key of volumes is none of the file's."""
    one, other = arn("kms", "key/1234abcd"), {"ebs": [{"volume_size": 20, "kms_key_id": "1234abcd"}]}
    own = {"ebs": [{"volume_size": 20, "kms_key_id": arn("kms", "alias/aws/ebs")}]}
    said, draft = in_place(
        tmp_path,
        cluster(encryption_config=[{"provider": [{"key_arn": one}], "resources": ["secrets"]}]),
        resource("aws_kms_alias.far", {"id": "far", "name": "alias/far", "arn": arn("kms", "alias/far")}),
        resource("aws_eks_node_group.a", group("a", launch_template=[{"id": "lt-a"}])),
        resource("aws_eks_node_group.b", group("b", launch_template=[{"id": "lt-b"}])),
        resource("aws_eks_node_group.c", group("c", launch_template=[{"id": "lt-c"}])),
        resource("aws_launch_template.a", {"id": "lt-a", "name": "a", "block_device_mappings": [own]}),
        resource(
            "aws_launch_template.b",
            {"id": "lt-b", "name": "b", "block_device_mappings": [{"ebs": [{"kms_key_id": one}]}]},
        ),
        resource("aws_launch_template.c", {"id": "lt-c", "name": "c", "block_device_mappings": [other]}),
    )

    assert draft.at("aws", "kms_keys") == {"key-1234abcd": {"existing": {"key_arn": one}}}
    assert said["kms_key"] == "key-1234abcd"
    assert [group.get("volume") for group in said["node_groups"].values()] == [
        None,
        {"kms_key": "key-1234abcd"},
        {"kms_key": "key-1234abcd"},
    ]


def test_a_role_with_a_path_keeps_it(tmp_path: Path) -> None:
    """A path is a part of the role that nothing here has; the cluster's short name is the one in the role's name."""
    name = "kl-prod-eks-main-control-plane"
    said, draft = in_place(
        tmp_path,
        cluster(role_arn=f"arn:aws:iam::345678901234:role/eks/{name}"),
        resource(
            "aws_iam_role.this", role(name, path="/eks/", arn=f"arn:aws:iam::345678901234:role/eks/{name}")
        ),
    )

    assert (said["short_name"], said["role"]) == ("main", f"arn:aws:iam::345678901234:role/eks/{name}")
    assert f"role {name} is the control plane's" in left(draft)["aws_iam_role.this"]
