"""Host and service projects."""

from __future__ import annotations

from typing import Any

import pytest

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found
from operations.adopt.terraform.recognizers.google.projects import recognize_projects
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    NETWORK,
    NODES,
    drafted,
    regional,
    thing,
)

LENDS = thing("compute_shared_vpc_host_project", project=HOST, id=HOST)
GUEST = thing("compute_shared_vpc_service_project", host_project=HOST, service_project="acme-shop")
AGENT = "serviceAccount:service-{}@container-engine-robot.iam.gserviceaccount.com"


def member(role: str, who: str, project: str = HOST) -> Any:
    """Somebody with a role of a project."""
    return thing("project_iam_member", role, project=project, role=role, member=who)


def test_projects_are_those_that_lend_and_borrow_a_network() -> None:
    """With numbers where the state has projects, and the APIs of the host."""
    draft = drafted(
        LENDS,
        GUEST,
        GUEST,
        thing(
            "compute_shared_vpc_service_project", "other", host_project="acme-lab", service_project="acme-x"
        ),
        thing("project", "net", project_id=HOST, number="111111111111"),
        thing("project", "shop", project_id="acme-shop", number="222222222222"),
        thing("project", "new", project_id="acme-new", number=""),
        thing("project_service", "dns", project=HOST, service="dns.googleapis.com"),
        thing("project_service", "run", project="acme-shop", service="run.googleapis.com"),
        NODES,
    )

    assert draft.data == {
        "google": {
            "host_project": {"id": HOST, "number": 111111111111},
            "region": "europe-west4",
            "service_projects": {"acme-shop": {"id": "acme-shop", "number": 222222222222}},
            "services": ["dns.googleapis.com"],
        }
    }
    assert draft.notes == []


def test_agents_tell_the_numbers_of_their_projects() -> None:
    """Of the fleet's host by its agent, of a single guest by the one that is left."""
    draft = drafted(
        LENDS,
        GUEST,
        NODES,
        member(
            "roles/gkehub.serviceAgent",
            "serviceAccount:service-7@gcp-sa-gkehub.iam.gserviceaccount.com",
            "acme-shop",
        ),
        member("roles/container.hostServiceAgentUser", AGENT.format(8)),
        member("roles/container.hostServiceAgentUser", "user:somebody@example.com"),
        member("roles/viewer", AGENT.format(9)),
        member("roles/compute.securityAdmin", AGENT.format(8)),
    )

    assert draft.at("google", "host_project", "number") == 7
    assert draft.at("google", "service_projects", "acme-shop") == {
        "id": "acme-shop",
        "number": 8,
        "load_balancer_rules": "gke",
    }


def test_a_role_of_one_s_own_makes_rules_of_load_balancers_too() -> None:
    """By what it permits; another one does not."""
    roles = [
        thing("project_iam_custom_role", name, project=HOST, role_id=name, permissions=[permission])
        for name, permission in (("fire", "compute.firewalls.create"), ("look", "compute.firewalls.get"))
    ]
    shop = thing("project", "shop", project_id="acme-shop", number="8")

    draft = drafted(LENDS, GUEST, shop, *roles, member(f"projects/{HOST}/roles/fire", AGENT.format(8)))
    looks = drafted(LENDS, GUEST, shop, *roles, member(f"projects/{HOST}/roles/look", AGENT.format(8)))

    assert draft.at("google", "service_projects", "acme-shop", "load_balancer_rules") == "gke"
    assert looks.at("google", "service_projects", "acme-shop", "load_balancer_rules") is None


def test_numbers_that_no_state_has_are_asked_for() -> None:
    """Two guests with an agent each are not told apart."""
    second = thing("compute_shared_vpc_service_project", "b", host_project=HOST, service_project="acme-b")
    agents = [member("roles/container.hostServiceAgentUser", AGENT.format(number)) for number in (8, 9)]

    draft = drafted(LENDS, GUEST, second, *agents)

    assert draft.notes == [
        f"the number of project {project} stands in no state: say {path}.number, which gcloud projects describe {project} "
        "--format='value(projectNumber)' prints"
        for project, path in (
            (HOST, "google.host_project"),
            ("acme-shop", "google.service_projects.acme-shop"),
            ("acme-b", "google.service_projects.acme-b"),
        )
    ]


CLUSTER = thing(
    "container_cluster",
    project="acme-solo",
    location="europe-west1-b",
    name="c",
    fleet=[
        {"membership": "//gkehub.googleapis.com/projects/77/locations/global/memberships/c", "project": ""}
    ],
)


@pytest.mark.parametrize(
    ("objects", "host", "region"),
    [
        ([NETWORK, NODES], HOST, "europe-west4"),
        ([CLUSTER], "acme-solo", None),
        (
            [thing("gke_hub_fleet", id="projects/acme-fleet/locations/global/fleets/default")],
            "acme-fleet",
            None,
        ),
        ([thing("storage_bucket", project="acme-data")], None, None),
    ],
    ids=["networks", "clusters", "fleet", "nothing"],
)
def test_without_a_shared_vpc_the_host_is_what_has_most(
    objects: list[Any], host: str | None, region: str | None
) -> None:
    """Networks, else clusters, else the fleet; a zone is no region."""
    draft = drafted(*objects)

    assert draft.at("google", "host_project", "id") == host
    assert draft.at("google", "region") == region


def test_a_membership_tells_the_number_of_the_fleet_s_project() -> None:
    """The service writes numbers where a file writes ids."""
    assert drafted(CLUSTER).at("google", "host_project", "number") == 77


def test_what_is_said_already_stays() -> None:
    """A draft that begins with a project and a region."""
    draft = Draft("prod", "kl", {"google": {"host_project": {"id": HOST, "number": 5}, "region": "us-east1"}})

    recognize_projects(Found([thing("compute_router", **regional("routers", "r"))]), draft)

    assert draft.data["google"] == {"host_project": {"id": HOST, "number": 5}, "region": "us-east1"}
