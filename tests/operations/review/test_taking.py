"""Permissions that go, and what stops by it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from operations.review.risks import default_risks
from tests.operations.review.golden import EXPECTED
from tests.operations.review.reviewed import Json, change, found, plan, reviewed

_AGENT = "serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com"
_TOLD = {"access-taken-away": "low"}


def _grant(member: str = _AGENT, role: str = "roles/compute.networkUser") -> Json:
    return {"project": "p", "member": member, "role": role, "condition": []}


def _gone(values: Json, address: str = "google_project_iam_member.a") -> Json:
    return change(address, "delete", values, None)


def _policy(*actions: str, principal: Any = None) -> str:
    who = principal or {"AWS": "arn:aws:iam::123456789012:role/cluster"}
    return json.dumps(
        {"Statement": [{"Effect": "Allow", "Principal": who, "Action": list(actions), "Resource": "*"}]}
    )


@pytest.mark.parametrize(
    ("member", "role", "expected"),
    [
        pytest.param(_AGENT, "roles/compute.networkUser", {"network-grant-taken": "high"}, id="network"),
        pytest.param(
            _AGENT, "projects/p/roles/own", {"service-agent-grant-taken": "high"}, id="role of one's own"
        ),
        pytest.param(
            "serviceAccount:1@cloudservices.gserviceaccount.com",
            "roles/editor",
            {"service-agent-grant-taken": "high"},
            id="agent of all services",
        ),
        pytest.param(
            "serviceAccount:logs@p.iam.gserviceaccount.com",
            "roles/logging.logWriter",
            {"program-grant-taken": "medium"},
            id="program",
        ),
        pytest.param("group:team@example.com", "roles/viewer", _TOLD, id="people"),
    ],
)
def test_grant_ranks_as_what_breaks_without_it(member: str, role: str, expected: dict[str, str]) -> None:
    """Who loses it and what it was for decide, and nothing is said twice."""
    assert found(plan(_gone(_grant(member, role)))) == expected


def test_key_that_nobody_administers_is_found() -> None:
    """Nobody could ever give it back."""
    root = {"AWS": "arn:aws:iam::123456789012:root"}
    before, after = _policy("kms:PutKeyPolicy", "kms:DescribeKey", principal=root), _policy("kms:DescribeKey")
    key = change("aws_kms_key.a", "update", {"policy": before}, {"policy": after})

    assert found(plan(key))["key-administration-taken"] == "high"


def test_administrator_of_an_eks_cluster_is_told() -> None:
    """With the last one nobody gets in, which the plan does not show."""
    policy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    access = {"cluster_name": "c", "principal_arn": "arn:aws:iam::1:role/admin", "policy_arn": policy}

    assert found(plan(_gone(access, "aws_eks_access_policy_association.a"))) == {
        "cluster-administrator-taken": "medium"
    }


def test_every_entry_fires_somewhere() -> None:
    """One whose patterns fit no permission says nothing, for years."""
    here = {
        "program-grant-taken",
        "platform-access-taken",
        "key-administration-taken",
        "cluster-administrator-taken",
    }
    fired = {rule for expected in EXPECTED.values() for rule in expected}

    assert sorted(default_risks().taken.keys() - fired - here) == []


def test_grant_of_the_platform_team_is_told_apart() -> None:
    """Nobody else may get into the clusters."""
    address = "google_project_iam_member.ProjectAccess_Platform_platform_gatewayAdmin"

    assert found(plan(_gone(_grant("group:platform@example.com"), address))) == {
        "platform-access-taken": "medium"
    }


def test_grant_that_stands_elsewhere_is_not_lost() -> None:
    """In another object of the plan, also in one that is only forgotten."""
    same = {"google_project_iam_member.b": "no-op", "google_project_iam_member.c": "forget"}
    for address, action in same.items():
        stays = change(address, action, _grant(), _grant() if action == "no-op" else None)

        assert "network-grant-taken" not in found(plan(_gone(_grant()), stays))


def test_grant_that_moves_is_not_lost() -> None:
    """It is only told that it moves, and what the agent has to be there for."""
    made = change("google_project_iam_member.b", "create", None, _grant())

    assert found(plan(_gone(_grant()), made)) == {"grant-moves": "low", "waits-for-agent": "low"}


def test_last_cluster_needs_no_grants() -> None:
    """As long as another one of the same cloud is left, it does."""
    last = change("google_container_cluster.a", "delete", {"name": "a"}, None)
    other = change("google_container_cluster.b", "no-op", {"name": "b"}, {"name": "b"})
    elsewhere = change("aws_eks_cluster.a", "delete", {"name": "a"}, None)

    assert "network-grant-taken" not in found(plan(last, _gone(_grant())))
    assert found(plan(last, other, _gone(_grant())))["network-grant-taken"] == "high"
    assert found(plan(elsewhere, _gone(_grant())))["network-grant-taken"] == "high"


def test_key_or_role_that_goes_says_so_itself() -> None:
    """Who could use it is no news beside that."""
    key = change("aws_kms_key.a", "delete", {"policy": _policy("kms:Decrypt")}, None)
    role = change("aws_iam_role.a", "delete", {"assume_role_policy": _policy("sts:AssumeRole")}, None)

    assert found(plan(key)) == {"key-destroyed": "critical"}
    assert found(plan(role)) == {"identity-destroyed": "high"}


def test_policy_that_only_applying_tells_takes_nothing() -> None:
    """That it may be a wider one is found already."""
    unknown = change(
        "aws_kms_key.a", "update", {"policy": _policy("kms:Decrypt")}, {}, after_unknown={"policy": True}
    )

    assert found(plan(unknown)) == {"grant-unknown": "high"}


def test_lost_permissions_are_counted() -> None:
    """One finding for what stops by the same."""
    before, after = _policy("kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"), _policy("kms:DescribeKey")
    key = change("aws_kms_key.a", "update", {"policy": before}, {"policy": after})

    (finding,) = reviewed(plan(key)).all_findings()

    assert finding.rule == "key-grant-taken"
    assert "loses kms:Decrypt on it and 1 permission more" in finding.reason


def test_another_condition_is_no_loss() -> None:
    """What it lets in beyond the old one is found as given."""
    before = json.loads(_policy("kms:Decrypt"))
    after = json.loads(_policy("kms:Decrypt"))
    after["Statement"][0]["Condition"] = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    key = change("aws_kms_key.a", "update", {"policy": json.dumps(before)}, {"policy": json.dumps(after)})

    assert found(plan(key)) == {"widened": "medium"}


def test_denial_that_goes_is_nobodys_loss() -> None:
    """It is found as lifted."""
    deny = json.dumps(
        {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}]}
    )
    key = change("aws_kms_key.a", "update", {"policy": deny}, {"policy": "{}"})

    assert found(plan(key)) == {"deny-lifted": "high"}
