"""Host and service projects: which they are, their numbers and APIs.

Numbers stand in few states. Those of agents tell them, where only one project can be meant; for any other, a note says
how to ask for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    HOST,
    REGION,
    is_region,
    keyed,
    of_host,
    part,
    plain,
    project_of,
    region_of,
    said,
)

_HOST_TYPE: Final = "google_compute_shared_vpc_host_project"
_ATTACHMENT: Final = "google_compute_shared_vpc_service_project"
_AGENT: Final = re.compile(
    r"^serviceAccount:service-([0-9]+)@(container-engine-robot|gcp-sa-gkehub)\.iam\.gserviceaccount\.com$"
)
_MAY_USE_NETWORK: Final = "roles/container.hostServiceAgentUser"
_FIREWALLS: Final = "compute.firewalls.create"
_EVERY_FIREWALL: Final = "roles/compute.securityAdmin"
"""What Google's documents give GKE's agent, which may make every rule by it."""


def recognize_projects(found: Found, draft: Draft) -> None:
    """Put host project, region, service projects and APIs."""
    host = draft.at(*HOST) or _host(found)
    if not host:
        return
    draft.put(HOST, host, *_makes_host(found, host))
    region = draft.at(*REGION) or _region(found)
    if region:
        draft.put(REGION, region)
    numbers = _numbers(found, host)
    _put_number(draft, ("google", "host_project"), host, numbers)
    for attachment in found.of(_ATTACHMENT):
        if attachment.text("host_project") == host:
            _put_service_project(found, draft, attachment, numbers)
    services = sorted({one.text("service") for one in of_host(found, draft, "google_project_service")})
    if services:
        draft.put(("google", "services"), services)


def _makes_host(found: Found, host: str) -> Iterator[FoundObject]:
    for one in found.of(_HOST_TYPE, "google_project"):
        if host in {project_of(one), one.text("project_id")}:
            yield one


def _host(found: Found) -> str | None:
    """What lends its network to others; else what has the networks, the clusters or the fleet, most of them."""
    lenders = [one.text("project") for one in found.of(_HOST_TYPE)]
    lenders += [one.text("host_project") for one in found.of(_ATTACHMENT)]
    for candidates in (
        lenders,
        [project_of(one) for one in found.of("google_compute_subnetwork", "google_compute_network")],
        [project_of(one) for one in found.of("google_container_cluster")],
        [project_of(one) for one in found.of("google_gke_hub_fleet", "google_gkeonprem_vmware_cluster")],
    ):
        counted = Counter(filter(None, candidates))
        if counted:
            return counted.most_common(1)[0][0]
    return None


def _region(found: Found) -> str | None:
    """The region that most subnets, routers and clusters stand in."""
    places = found.of(
        "google_compute_subnetwork",
        "google_compute_router",
        "google_container_cluster",
        "google_kms_key_ring",
    )
    counted = Counter(region for region in map(region_of, places) if is_region(region))
    return counted.most_common(1)[0][0] if counted else None


def _put_service_project(
    found: Found, draft: Draft, attachment: FoundObject, numbers: Mapping[str, int]
) -> None:
    project = attachment.text("service_project")
    if any(one["id"] == project for one in (draft.at("google", "service_projects") or {}).values()):
        return
    path = ("google", "service_projects")
    key, _ = keyed(draft, path, project)
    rules = "gke" if numbers.get(project) in _makes_firewall_rules(found, draft) else None
    draft.put((*path, key), said(id=project, load_balancer_rules=rules), attachment)
    _put_number(draft, (*path, key), project, numbers)


def _put_number(draft: Draft, path: tuple[str, ...], project: str, numbers: Mapping[str, int]) -> None:
    if draft.at(*path, "number"):
        return
    if project in numbers:
        draft.put((*path, "number"), numbers[project])
    else:
        draft.notes.append(
            f"the number of project {project} stands in no state: say {'.'.join(path)}.number, which "
            f"gcloud projects describe {project} --format='value(projectNumber)' prints"
        )


def _numbers(found: Found, host: str) -> dict[str, int]:
    """Numbers of projects, as far as the states tell them."""
    numbers = {
        one.text("project_id"): int(one.text("number"))
        for one in found.of("google_project")
        if one.text("number").isdigit()
    }
    for cluster in found.of("google_container_cluster"):
        holder = part(plain(cluster.text("fleet", 0, "membership")), "projects")
        if holder.isdigit():
            numbers.setdefault(cluster.text("fleet", 0, "project") or host, int(holder))
    members = [
        (number, kind, one) for one in found.of("google_project_iam_member") for number, kind in _agent(one)
    ]
    of_fleet = {number for number, kind, _ in members if kind == "gcp-sa-gkehub"}
    if len(of_fleet) == 1:
        numbers.setdefault(host, *of_fleet)
    known = set(numbers.values())
    guests = {
        number
        for number, kind, one in members
        if kind != "gcp-sa-gkehub" and project_of(one) == host and one.text("role") == _MAY_USE_NETWORK
    } - known
    nameless = {
        one.text("service_project") for one in found.of(_ATTACHMENT) if one.text("host_project") == host
    } - set(numbers)
    if len(guests) == len(nameless) == 1:
        numbers[nameless.pop()] = guests.pop()
    return numbers


def _agent(member: FoundObject) -> Iterator[tuple[int, str]]:
    match = _AGENT.match(member.text("member"))
    if match:
        yield int(match[1]), match[2]


def _makes_firewall_rules(found: Found, draft: Draft) -> set[int]:
    """Numbers of the projects whose GKE agent makes firewall rules in the host project."""
    roles = {_EVERY_FIREWALL}
    for role in found.of("google_project_iam_custom_role"):
        if _FIREWALLS in role.texts("permissions"):
            roles |= {role.text("name"), f"projects/{project_of(role)}/roles/{role.text('role_id')}"}
    return {
        number
        for member in of_host(found, draft, "google_project_iam_member")
        if member.text("role") in roles
        for number, kind in _agent(member)
        if kind == "container-engine-robot"
    }
