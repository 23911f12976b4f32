"""The load balancer in front of the service."""

from __future__ import annotations

from pathlib import Path

from tests.constructs_lib.aws.management_service.defined import readable, synthesized

TAGS = {"Name": "kl-sandbox-gke-management"}


def test_stands_in_the_private_subnets_on_443(tmp_path: Path) -> None:
    """Never reachable from the internet."""
    stack = synthesized(tmp_path)

    assert stack.one("aws_lb") == {
        "name": "kl-sandbox-management",
        "internal": True,
        "load_balancer_type": "network",
        "subnets": ["subnet-aaaaaaaa", "subnet-bbbbbbbb", "subnet-cccccccc"],
        "enable_cross_zone_load_balancing": True,
        "enable_deletion_protection": True,
        "tags": TAGS,
        "lifecycle": {"prevent_destroy": True},
    }
    assert readable(stack.one("aws_lb_listener")) == {
        "load_balancer_arn": "<LoadBalancer.arn>",
        "port": 443,
        "protocol": "TCP",
        "default_action": [{"type": "forward", "target_group_arn": "<LoadBalancer_TargetGroup.arn>"}],
        "tags": TAGS,
    }
    assert stack.one("aws_lb_target_group") == {
        "name": "kl-sandbox-management",
        "port": 443,
        "protocol": "TCP",
        "vpc_id": "vpc-00000000",
        "preserve_client_ip": "false",
        "deregistration_delay": "30",
        "health_check": {"protocol": "TCP", "port": "traffic-port"},
        "tags": TAGS,
    }


def test_a_throw_away_one_may_go(tmp_path: Path) -> None:
    """AWS's own protection would stop a destroy as well."""
    balancer = synthesized(tmp_path, prevent_destroy=False).one("aws_lb")

    assert (balancer["enable_deletion_protection"], balancer["lifecycle"]) == (
        False,
        {"prevent_destroy": False},
    )
