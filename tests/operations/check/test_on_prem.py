"""What hybrid check says of an on-prem section."""

from __future__ import annotations

import json
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.vmware.vmware import VmwareConfig
from operations.check.addresses import address_plans
from operations.check.report import print_report, report_json
from tests.model.vmware.documents import ADMIN, CLUSTER, MANUAL, SECTION, changed
from tests.operations.cards.asking import contents, warnings
from tests.rules.vmware.test_environments import ENVIRONMENT, ORGANIZATION
from tests.rules.vmware.test_vmware import SAME_SUBNET

NEIGHBOUR = changed(SAME_SUBNET, network__port_group="vlan-211")


def rows(document: dict[str, Any]) -> dict[str, str]:
    """Summaries by path."""
    return {row.path: row.summary for row in contents(Environment.model_validate(document))}


def plans(**changes: Any) -> dict[str, list[str]]:
    """Rows and what is free, as text, by cluster."""
    section = VmwareConfig.model_validate(changed(SECTION, **changes))
    return {
        key: [f"{row.addresses} {row.who}" for row in plan.used] + [f"free {' '.join(map(str, plan.free))}"]
        for key, plan in address_plans(section)
    }


def test_every_entity_is_listed_with_its_path() -> None:
    """What a person wants to know of it at a glance."""
    found = rows(ENVIRONMENT)

    assert list(found.items())[1:] == [
        ("google", "kl-dev-host (123456789012) in europe-north1, 17 APIs on"),
        ("vmware", "in europe-north1, phase user clusters, 3 of 3: next, deploy it"),
        ("vmware.admin_workstation", "10.20.21.2, made by hand"),
        ("vmware.admin_cluster", "kl-dev-admin, 1.35.0-gke.525, made by hand"),
        (
            "vmware.user_clusters.apps",
            "1.35.0-gke.525, 10.21.0.0/24 on vlan-210, API at 10.21.0.5, ingress at 10.21.0.200 by MetalLB",
        ),
        (
            "vmware.user_clusters.apps.node_pools.balancers",
            "3 nodes, 4 CPUs, 8192 MiB, ubuntu_cgv2, load balancer",
        ),
        ("vmware.user_clusters.apps.node_pools.workers", "3 to 8 nodes, 4 CPUs, 8192 MiB, ubuntu_cgv2"),
        ("fleet", "of kl-dev-host, unnamed"),
    ]


@pytest.mark.parametrize(
    ("section", "phase", "words"),
    [
        (
            {"location": "europe-north1"},
            "foundation",
            "1 of 3: next, deploy it, do what hybrid prerequisites says",
        ),
        (
            {"location": "europe-north1", "admin_cluster": ADMIN},
            "admin cluster",
            "2 of 3: next, write user_clusters",
        ),
        (SECTION, "user clusters", "3 of 3: next, deploy it"),
    ],
    ids=["foundation", "admin cluster", "user clusters"],
)
def test_a_phase_says_what_comes_next(section: dict[str, Any], phase: str, words: str) -> None:
    """The admin cluster is made by hand between the foundation and the first user cluster."""
    document = {**ENVIRONMENT, "vmware": section}
    estate = Estate(ORGANIZATION, {"dev": Environment.model_validate(document)})

    assert f"phase {phase}, {words}" in rows(document)["vmware"]
    assert json.loads(report_json(estate, ["dev"]))["environments"]["dev"]["phase"] == phase


def test_a_shared_host_project_names_its_owner() -> None:
    """Who switches its APIs on."""
    found = rows(changed(ENVIRONMENT, google__host_project__owner="prod"))

    assert found["google"] == "kl-dev-host (123456789012) in europe-north1, owned by prod"


def test_each_address_of_a_subnet_has_its_user() -> None:
    """In order, and what is left is free."""
    assert plans() == {
        "apps": [
            "10.21.0.1 gateway",
            "10.21.0.5 control plane vip",
            "10.21.0.10 control plane node 1",
            "10.21.0.11 control plane node 2",
            "10.21.0.12 control plane node 3",
            "10.21.0.20-10.21.0.39 worker nodes (11 at most and 1 for updates, of 20)",
            "10.21.0.200 load balancer pool ingress (ingress vip 10.21.0.200)",
            "10.21.0.201-10.21.0.220 load balancer pool services",
            "free 10.21.0.2-10.21.0.4 10.21.0.6-10.21.0.9 10.21.0.13-10.21.0.19 10.21.0.40-10.21.0.199 "
            "10.21.0.221-10.21.0.254",
        ]
    }


def test_neighbours_and_servers_in_a_subnet_are_listed_too() -> None:
    """What another cluster uses is not free."""
    found = plans(
        user_clusters__apps=changed(
            CLUSTER,
            load_balancer={"manual": MANUAL},
            node_pools__balancers__load_balancer=False,
            network__dns=["10.21.0.1", "10.21.0.53"],
        ),
        user_clusters__data=SAME_SUBNET,
        admin_workstation__ip="10.21.0.2",
    )

    assert {
        "10.21.0.2 admin workstation",
        "10.21.0.6 data: control plane vip",
        "10.21.0.53 dns server",
        "10.21.0.60-10.21.0.79 data: worker nodes",
        "10.21.0.200 ingress vip",
    } <= set(found["apps"])
    assert "10.21.0.1 dns server" not in found["apps"]
    assert found["apps"][-1] == (
        "free 10.21.0.3-10.21.0.4 10.21.0.7-10.21.0.9 10.21.0.16-10.21.0.19 10.21.0.40-10.21.0.52 "
        "10.21.0.54-10.21.0.59 10.21.0.80-10.21.0.199 10.21.0.201-10.21.0.229 10.21.0.231-10.21.0.254"
    )


def test_the_plan_is_printed_for_people_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """The same in both."""
    estate = Estate(ORGANIZATION, {"dev": Environment.model_validate(ENVIRONMENT)})

    print_report(estate, ["dev"])
    printed = capsys.readouterr().out
    plan = json.loads(report_json(estate, ["dev"]))["environments"]["dev"]["addresses"]["apps"]

    assert "dev: addresses of user cluster apps in 10.21.0.0/24\n" in printed
    assert "  10.21.0.5                control plane vip\n" in printed
    assert "  free: 208                10.21.0.2-10.21.0.4, 10.21.0.6-10.21.0.9," in printed
    assert plan["cidr"] == "10.21.0.0/24"
    assert {"addresses": "10.21.0.5", "who": "control plane vip"} in plan["used"]
    assert (plan["free"][0], plan["free_count"]) == ("10.21.0.2-10.21.0.4", 208)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"deletion_protection": False},
            "gateways without asking, and clusters (apps) with their etcd",
        ),
        ({"vmware__vcenter__hosts": 2}, "user cluster apps has 2 of the 3 physical hosts"),
        ({"vmware__admin_cluster__addresses": []}, "vmware.admin_cluster says no addresses"),
        (
            {
                "vmware__admin_cluster__membership": "projects/kl-dev-host/locations/global/memberships/"
                "admin-cluster-of-building-7"
            },
            "admin-cluster-of-building-7 has 27 characters: gkectl takes it, and Google's console at most 20",
        ),
        (
            {"vmware__user_clusters__apps__anti_affinity": False},
            "user cluster apps does not keep its nodes on different physical hosts",
        ),
        (
            {"vmware__user_clusters__apps__network__pods": "100.64.0.0/16"},
            "user cluster apps has network.pods 100.64.0.0/16, outside the private ranges",
        ),
        (
            {"vmware__user_clusters__apps__network__ntp": ["ntp.example.com", "ntp.example.com"]},
            "user cluster apps names ntp server ntp.example.com twice in network.ntp",
        ),
        (
            {"vmware__user_clusters__apps__network__pods": "192.168.0.0/21"},
            "user cluster apps may have 15 nodes, control plane and an update's included, and network.pods 192.168.0.0/21 has "
            "a /24 for 8",
        ),
        (
            {
                "vmware__user_clusters__apps__network__cidr": "10.21.0.0/21",
                "vmware__user_clusters__apps__network__node_ips": ["10.21.1.0-10.21.3.255"],
                "vmware__user_clusters__apps__node_pools__workers__autoscaling__max_replicas": 492,
            },
            "may have 501 nodes, control planes included, and Google supports 500",
        ),
        (
            {"vmware__user_clusters__data": NEIGHBOUR},
            "user cluster data has network.port_group vlan-211 in the subnet of apps, which has vlan-210",
        ),
    ],
)
def test_what_is_allowed_and_yet_dangerous_is_said(changes: dict[str, Any], words: str) -> None:
    """And only then."""
    quiet = list(warnings(Environment.model_validate(ENVIRONMENT)))
    found = list(warnings(Environment.model_validate(changed(ENVIRONMENT, **changes))))

    assert not any(words in warning for warning in quiet)
    assert any(words in warning for warning in found)
