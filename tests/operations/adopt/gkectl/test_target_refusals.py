"""What an environment refuses of a cluster, before anything is written."""

from __future__ import annotations

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.gkectl.section import Section
from operations.adopt.gkectl.target import check_alone
from tests.operations.adopt.gkectl.samples import ADMIN, ENVIRONMENT, USER, Document, changed
from tests.operations.adopt.gkectl.workplace import INTO, Workplace


def test_a_comment_in_braces_is_not_lost(work: Workplace) -> None:
    """The section would have to be written anew without its braces, and nobody could say where it belongs."""
    start = ENVIRONMENT.index("vmware:\n")
    work.environment(
        f"{ENVIRONMENT[:start]}vmware: {{location: europe-north1, # here\n  vcenter: {{}}}}\nfleet: {{}}\n"
    )

    said = work.refusal("batch.yaml", "admin.yaml", *INTO, "--write")

    assert "environments/dev.yaml:10:1: vmware: has a comment between its braces or brackets" in said


def test_an_environment_without_a_host_project_is_refused(work: Workplace) -> None:
    """Its number stands in none of gkectl's files."""
    work.environment("environment: dev\nstate: {local: {}}\n")

    said = work.refusal("batch.yaml", "admin.yaml", *INTO)

    assert "environments/dev.yaml:1:1: google: is missing; write the host project" in said


@pytest.mark.parametrize(
    ("user", "admin", "said"),
    [
        (
            changed(USER, "gkeConnect", "projectID", to="kl-prod-host"),
            ADMIN,
            "gkeConnect.projectID: must be kl-dev-host, the host project of environments/dev.yaml",
        ),
        (
            changed(USER, "stackdriver", "clusterLocation", to="us-west1"),
            ADMIN,
            'stackdriver.clusterLocation: must be europe-north1, as vmware.location of the environment, got "us-west1"',
        ),
        (USER, {**ADMIN, "name": "other"}, "name: must be kl-dev-admin, the environment's admin cluster"),
        (
            USER,
            changed(ADMIN, "bundlePath", to="/b/gke-onprem-vsphere-1.35.0-gke.525-full.tgz"),
            "bundlePath: is 1.35.0-gke.525, and the environment says 1.36.0-gke.532",
        ),
    ],
    ids=["project", "region", "admin cluster", "admin version"],
)
def test_files_of_another_environment_are_refused(
    work: Workplace, user: Document, admin: Document, said: str
) -> None:
    """What an environment says already stands."""
    work.environment()
    work.write("batch.yaml", user)
    work.write("admin.yaml", admin)

    assert said in work.refusal("batch.yaml", "admin.yaml", *INTO)


def test_rules_that_cross_clusters_are_checked_before_anything_is_written(work: Workplace) -> None:
    """At gkectl's file where the value comes from it."""
    work.environment(ENVIRONMENT.replace("  vcenter:", "  admin_workstation: {ip: 10.22.1.21}\n  vcenter:"))
    before = work.files()

    said = work.refusal("batch.yaml", *INTO, "--write")

    assert work.files() == before
    assert (
        "batch-ipblock.yaml:5:9: blocks[0].ips[0].ip: must not overlap admin_workstation.ip 10.22.1.21"
        in said
    )


OTHER = """
environment: prod
state: {local: {}}
google: {host_project: {id: kl-prod-host, number: 5}, region: europe-north1}
fleet: {}
vmware:
  location: europe-north1
  admin_cluster: {membership: projects/kl-prod-host/locations/global/memberships/a, version: 1.36.0-gke.532, addresses: [IP]}
"""


def test_rules_that_cross_environments_are_checked_too(work: Workplace) -> None:
    """An address belongs to one cluster, wherever it stands."""
    path = work.environment()
    path.with_name("prod.yaml").write_text(OTHER.replace("IP", "10.22.1.12"), "utf-8")
    path.with_name("organization.yaml").write_text(
        "name: kl\ndomain: example.com\npromotion: [dev, prod]\n", "utf-8"
    )

    said = work.refusal("batch.yaml", *INTO)

    assert "batch.yaml:" in said
    assert (
        "network.controlPlaneIPBlock.ips[2].ip: must not overlap vmware.admin_cluster.addresses.0 10.22.1.12 of prod"
        in said
    )


def test_what_another_environment_has_to_change_is_said_there(work: Workplace) -> None:
    """With the line of that environment's file."""
    path = work.environment()
    aws = "aws: {region: eu-west-1, account_id: '012345678901', management_vpc: {cidr: 10.22.0.0/16, zones: {eu-west-1a: {private: 10.22.4.0/24, public: 10.22.5.0/24}}}}\n"
    path.with_name("prod.yaml").write_text(f"environment: prod\nstate: {{local: {{}}}}\n{aws}", "utf-8")
    path.with_name("organization.yaml").write_text(
        "name: kl\ndomain: example.com\npromotion: [dev, prod]\n", "utf-8"
    )

    said = work.refusal("batch.yaml", *INTO)

    assert "environments/prod.yaml:3:" in said
    assert "must not overlap a range of another environment" in said


def test_a_cluster_of_the_same_key_elsewhere_is_not_mistaken(work: Workplace) -> None:
    """What another environment's cluster has to change is said of that one."""
    path = work.environment()
    work.adopt("batch.yaml", *INTO, "--write")
    prod = (
        path.read_text("utf-8")
        .replace("environment: dev", "environment: prod")
        .replace("kl-dev-host", "kl-prod-host")
    )
    path.with_name("prod.yaml").write_text(prod.replace("234567890123", "5"), "utf-8")
    path.with_name("organization.yaml").write_text(
        "name: kl\ndomain: example.com\npromotion: [dev, prod]\n", "utf-8"
    )
    path.write_text(ENVIRONMENT, "utf-8")

    said = work.refusal("batch.yaml", *INTO)

    assert "environments/prod.yaml:" in said
    assert "vmware.user_clusters.batch.network.cidr: must not overlap a range of another environment" in said


def test_what_the_environment_has_to_change_is_said_with_its_own_line(work: Workplace) -> None:
    """As the file is, not as it would be."""
    aws = "aws: {region: eu-west-1, account_id: '012345678901', management_vpc: {cidr: 10.22.0.0/16, zones: {eu-west-1a: {private: 10.22.4.0/24, public: 10.22.5.0/24}}}}\n"
    work.environment(ENVIRONMENT + aws)

    said = work.refusal("batch.yaml", *INTO)

    assert "environments/dev.yaml:19:" in said
    assert "aws.management_vpc.cidr: must not overlap vmware.user_clusters.batch.network.cidr" in said


def test_a_section_that_cannot_be_read_is_refused_and_not_taken_for_empty() -> None:
    """No file of gkectl gets that far; a section that was put together from them might."""
    section = Section(data={"vmware": {"": "x"}})

    with pytest.raises(InvalidInput) as refused:
        check_alone("batch.yaml", section, {})

    assert "has an empty key" in str(refused.value)
