"""What goes wrong with the admin cluster's file."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.samples import ADMIN, USER, changed
from tests.operations.adopt.gkectl.workplace import Workplace


def test_a_user_cluster_needs_one(work: Workplace) -> None:
    """The section names its membership."""
    said = work.refusal("batch.yaml")

    assert (
        "batch.yaml: does not say which admin cluster manages it; give gkectl's admin-cluster.yaml too"
        in said
    )


def test_two_are_refused(work: Workplace) -> None:
    """An environment has one."""
    work.write("second.yaml", {**ADMIN, "name": "second"})

    assert "second.yaml: is a second admin cluster" in work.refusal("admin.yaml", "second.yaml")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("name",), "", "name: is missing; write the name that gkectl chose"),
        (
            ("gkeConnect", "projectID"),
            "",
            "gkeConnect.projectID: is missing; write the id of the fleet host project",
        ),
        (("bundlePath",), "/var/lib/gke/bundle.tgz", "bundlePath: must end with the bundle's file name"),
    ],
    ids=["name", "project", "bundle"],
)
def test_what_it_has_to_say(work: Workplace, path: tuple[str, ...], value: str, said: str) -> None:
    """Membership and version come from it."""
    work.write("admin.yaml", changed(ADMIN, *path, to=value))

    assert said in work.refusal("admin.yaml")


def test_the_first_versions_bundles_are_named_otherwise(work: Workplace) -> None:
    """With a dot before full; the version is out of support all the same."""
    bundle = "/var/lib/gke/bundles/gke-onprem-vsphere-1.10.0-gke.8.full.tgz"
    work.write("admin.yaml", changed(ADMIN, "bundlePath", to=bundle))

    assert "bundlePath: is out of support, got 1.10.0-gke.8" in work.refusal("admin.yaml")


def test_clusters_of_two_regions_are_refused(work: Workplace) -> None:
    """An environment keeps its clusters' data in one."""
    user = changed(USER, "stackdriver", "clusterLocation", to="us-west1")

    said = work.refusal_of(user)

    assert "must be us-west1 as in batch.yaml, got europe-north1" in said


def test_the_region_has_to_be_said(work: Workplace) -> None:
    """A membership may be global, an environment's data may not."""
    work.write("admin.yaml", changed(changed(ADMIN, "stackdriver"), "gkeConnect", "location"))

    assert "stackdriver.clusterLocation: is missing; add it" in work.refusal("admin.yaml")


def test_addresses_are_not_made_up(work: Workplace) -> None:
    """With topology domains they stand in a file of their own; unchecked is what an environment says then."""
    admin = changed(changed(ADMIN, "network"), "loadBalancer", "vips")
    work.write("admin.yaml", admin)

    code, out, _ = work.adopt("admin.yaml")

    assert (code, "addresses" in out) == (0, False)
