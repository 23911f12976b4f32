"""The service's one instance and its data volume."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.constructs_lib.aws.management_service.defined import KEY_ARNS, readable, synthesized


def launch_template(tmp_path: Path, **options: Any) -> dict[str, Any]:
    """The launch template, references readable."""
    template: dict[str, Any] = readable(synthesized(tmp_path, **options).one("aws_launch_template"))
    return template


def group(tmp_path: Path, **options: Any) -> dict[str, Any]:
    """The auto scaling group, references readable."""
    found: dict[str, Any] = readable(synthesized(tmp_path, **options).one("aws_autoscaling_group"))
    return found


def test_starts_from_a_hardened_template(tmp_path: Path) -> None:
    """Metadata by token only, encrypted root, watched, and with the service's role."""
    template = launch_template(tmp_path)

    assert template.pop("user_data").startswith('${base64encode("#!/bin/bash\\n')
    # What is launched does not get the provider's default tags by itself.
    tags = '${merge(<DefaultTags.tags>, {"Name" = "kl-sandbox-gke-management"})}'
    assert template.pop("tag_specifications") == [
        {"resource_type": "instance", "tags": tags},
        {"resource_type": "volume", "tags": tags},
    ]
    assert template == {
        "name": "kl-sandbox-gke-management",
        "image_id": "resolve:ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
        "instance_type": "t3.medium",
        "key_name": "<KeyPair.key_name>",
        "vpc_security_group_ids": ["<SecurityGroups_Management.id>"],
        "iam_instance_profile": {"arn": "<Roles_Management_InstanceProfile.arn>"},
        "metadata_options": {
            "http_endpoint": "enabled",
            "http_tokens": "required",
            "http_put_response_hop_limit": 2,
        },
        "monitoring": {"enabled": True},
        "block_device_mappings": [
            {
                "device_name": "/dev/sda1",
                "ebs": {
                    "delete_on_termination": "true",
                    "encrypted": "true",
                    "volume_size": 20,
                    "volume_type": "gp3",
                },
            }
        ],
        "update_default_version": True,
        "tags": {"Name": "kl-sandbox-gke-management"},
    }


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ({"ami_id": "ami-0123456789abcdef0"}, {"image_id": "ami-0123456789abcdef0"}),
        ({"instance_type": "m5.large"}, {"instance_type": "m5.large"}),
        (
            {"labels": {"team": "platform"}},
            {"tags": {"team": "platform", "Name": "kl-sandbox-gke-management"}},
        ),
    ],
    ids=["ami_id", "instance_type", "labels"],
)
def test_starts_what_the_environment_says(
    tmp_path: Path, options: dict[str, Any], changed: dict[str, Any]
) -> None:
    """Each setting of the instance ends in the template."""
    template = launch_template(tmp_path, **options)

    assert {key: template[key] for key in changed} == changed


def test_makes_the_root_volume_that_the_environment_says(tmp_path: Path) -> None:
    """Kind, size and speed; the key is another test's."""
    volume = {"volume_type": "io1", "size_gib": 50, "iops": 1000}
    (mapping,) = launch_template(tmp_path, root_volume=volume)["block_device_mappings"]

    assert mapping["ebs"] == {
        "delete_on_termination": "true",
        "encrypted": "true",
        "volume_size": 50,
        "volume_type": "io1",
        "iops": 1000,
    }


def test_there_is_always_exactly_one(tmp_path: Path) -> None:
    """Two would fight over the data volume; a changed one takes the old one's place."""
    found = group(tmp_path)

    assert found.pop("tag") == [
        {"key": key, "value": value, "propagate_at_launch": False}
        for key, value in (
            ("Name", "kl-sandbox-gke-management"),
            ("environment", "sandbox"),
            ("managed-by", "hybrid-kubernetes-as-code"),
            ("organization", "kl"),
        )
    ]
    assert found == {
        "name": "kl-sandbox-gke-management",
        "min_size": 1,
        "max_size": 1,
        "desired_capacity": 1,
        "vpc_zone_identifier": ["subnet-aaaaaaaa"],
        "target_group_arns": ["<LoadBalancer_TargetGroup.arn>"],
        "health_check_type": "EC2",
        "launch_template": {
            "id": "<LaunchTemplate.id>",
            "version": "${tostring(<LaunchTemplate.latest_version>)}",
        },
        "instance_refresh": {"strategy": "Rolling", "preferences": {"min_healthy_percentage": 0}},
    }


def test_the_data_volume_stands_where_the_instance_does(tmp_path: Path) -> None:
    """A volume cannot leave its zone."""
    stack = synthesized(tmp_path, zone="eu-west-1b")

    assert stack.one("aws_autoscaling_group")["vpc_zone_identifier"] == ["subnet-bbbbbbbb"]
    assert stack.one("aws_ebs_volume")["availability_zone"] == "eu-west-1b"


def test_the_data_volume_is_encrypted_and_protected(tmp_path: Path) -> None:
    """The etcd of the service is on it."""
    assert synthesized(tmp_path).one("aws_ebs_volume") == {
        "availability_zone": "eu-west-1a",
        "encrypted": True,
        "kms_key_id": KEY_ARNS["database"],
        "size": 20,
        "type": "gp3",
        "tags": {"Name": "kl-sandbox-gke-data"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_makes_the_data_volume_that_the_environment_says(tmp_path: Path) -> None:
    """All settings at once, and thrown away with its environment."""
    volume = {"volume_type": "io2", "size_gib": 50, "iops": 2000, "kms_key": "disks"}

    assert synthesized(tmp_path, data_volume=volume, labels={"team": "platform"}, prevent_destroy=False).one(
        "aws_ebs_volume"
    ) == {
        "availability_zone": "eu-west-1a",
        "encrypted": True,
        "kms_key_id": KEY_ARNS["disks"],
        "size": 50,
        "type": "io2",
        "iops": 2000,
        "tags": {"team": "platform", "Name": "kl-sandbox-gke-data"},
        "lifecycle": {"prevent_destroy": False},
    }
