"""The order of what is done for clusters on VMware: docs/first-cluster.md describes its three phases."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.vmware.vmware import Phase
from operations.cards.card import Turn
from operations.cards.prerequisites import prerequisites
from tests.model.access.estates import environment
from tests.model.vmware.documents import GOOGLE, SECTION
from tests.model.vmware.vsphere import documents as vsphere
from tests.operations.check.prerequisites_asked import alone

ALLOWED = "except kl-dev-host: gkectl needs keys of service accounts"
LATER = "leave vmware.user_clusters out of the file until the admin cluster runs"
WAKE = "wake the On-Prem API"
IN_VCENTER = "have the vSphere team make these"
COMPANION = "apply dev-vsphere before dev makes user clusters"
GRANTS = "grant the clusters' account what it needs"
MACHINE = "make the admin workstation; "
KEYS = "make the service accounts' keys"
MADE = "make the admin cluster with gkectl, then write vmware.admin_cluster"
RUNS = "have the admin cluster kl-dev-admin run"
ENTER = "name somebody for user cluster apps"
ALL = (ALLOWED, LATER, WAKE, IN_VCENTER, COMPANION, GRANTS, MACHINE, KEYS, MADE, RUNS, ENTER)

FOUNDATION = {"location": "europe-north1"}
ADMIN = {**FOUNDATION, "admin_cluster": SECTION["admin_cluster"]}


def on_prem(section: dict[str, Any]) -> Environment:
    """An environment with this on VMware."""
    return environment("dev", vmware=section, google=GOOGLE)


def in_order(one: Environment) -> list[str]:
    """Which of the words stand in what is printed, in its order."""
    found = [step.what for step in prerequisites(alone(one), "dev")]
    return [words for what in found for words in ALL if words in what]


@pytest.mark.parametrize(
    ("section", "phase", "expected"),
    [
        (FOUNDATION, Phase.FOUNDATION, [ALLOWED, WAKE, MACHINE, KEYS, MADE]),
        (ADMIN, Phase.ADMIN_CLUSTER, [ALLOWED, WAKE, KEYS, RUNS]),
        (SECTION, Phase.USER_CLUSTERS, [ALLOWED, LATER, WAKE, IN_VCENTER, KEYS, RUNS, ENTER]),
    ],
    ids=lambda value: value.value if isinstance(value, Phase) else "",
)
def test_the_admin_cluster_has_what_it_needs(
    section: dict[str, Any], phase: Phase, expected: list[str]
) -> None:
    """The API and the accounts come with the first apply; user clusters with one after the admin cluster."""
    one = on_prem(section)

    assert one.vmware
    assert one.vmware.phase is phase
    assert in_order(one) == expected


def test_what_stands_in_vcenter_comes_before_the_admin_cluster() -> None:
    """Its account's permissions, and the workstation that a stack makes and the keys are made on."""
    whole = {**vsphere.VMWARE, "admin_cluster": None, "user_clusters": {}}

    assert in_order(vsphere.environment("dev", whole)) == [
        ALLOWED,
        WAKE,
        IN_VCENTER,
        COMPANION,
        GRANTS,
        KEYS,
        MADE,
    ]


def test_the_first_apply_comes_before_the_data_center() -> None:
    """Devices and name servers of the data centers are told what it made before the admin cluster calls Google."""
    assert [*Turn][:5] == [Turn.RIGHTS, Turn.BEFORE, Turn.AFTER, Turn.DATA_CENTER, Turn.ADMIN_CLUSTER]
