"""The rules between the management service and the rest of an aws section."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from tests.model.aws.test_management_service import ADMIN, MINIMAL
from tests.model.refusals import refusals
from tests.model.vmware.documents import GOOGLE

SECTION: dict[str, Any] = {
    "region": "eu-west-1",
    "account_id": "012345678901",
    "management_vpc": {
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"},
            "eu-west-1b": {"private": "10.0.2.0/24", "public": "10.0.5.0/24"},
            "eu-west-1c": {"private": "10.0.3.0/24", "public": "10.0.6.0/24"},
        },
    },
    "kms_keys": {"secrets": {"users": [ADMIN]}, "database": {"users": [ADMIN]}},
    "management_service": MINIMAL,
}
EXISTING = {"existing": {"key_arn": "arn:aws:kms:eu-west-1:012345678901:key/1234"}}


def section(**changes: Any) -> dict[str, Any]:
    """The section with values changed by dotted path; None takes a value away."""
    changed = deepcopy(SECTION)
    for dotted, value in changes.items():
        *parents, last = dotted.split("__")
        place = changed
        for parent in parents:
            place = place.setdefault(parent, {})
        if value is None:
            del place[last]
        else:
            place[last] = value
    return changed


@pytest.mark.parametrize(
    "document",
    [
        SECTION,
        section(management_service__zone="eu-west-1c"),
        section(kms_keys={"secrets": EXISTING, "database": EXISTING}),
        section(management_service__iam={"permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess"}),
        section(management_service=None),
    ],
    ids=["minimal", "zone", "existing keys", "boundary of AWS", "no service"],
)
def test_takes_a_service_that_fits(document: dict[str, Any]) -> None:
    """A section that says what belongs together has no errors."""
    assert refusals(AwsConfig, document) == {}


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        (section(management_vpc=None), "management_service", "needs management_vpc"),
        (
            section(
                management_vpc__zones={"eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"}}
            ),
            "management_service",
            "needs 3 zones in management_vpc, one for each control plane replica, got eu-west-1a",
        ),
        (
            section(management_service__zone="eu-west-1d"),
            "management_service.zone",
            "must be one of management_vpc.zones: eu-west-1a, eu-west-1b, eu-west-1c; got eu-west-1d",
        ),
        (
            section(
                management_service__cluster_example={"version": "1.16.9-gke.12", "services": "10.0.96.0/20"}
            ),
            "management_service.cluster_example.services",
            "must not overlap management_vpc.cidr 10.0.0.0/16, got 10.0.96.0/20",
        ),
        (
            section(management_service__cluster_example={"version": "1.16.9-gke.12", "pods": "10.0.0.0/16"}),
            "management_service.cluster_example.pods",
            "must not overlap management_vpc.cidr",
        ),
        (
            section(
                management_service__admin_identity_arns=[ADMIN, "arn:aws:iam::999999999999:role/stranger"]
            ),
            "management_service.admin_identity_arns.1",
            "must be of account 012345678901, as account_id says",
        ),
        (
            section(
                management_service__iam={"permissions_boundary": "arn:aws:iam::999999999999:policy/boundary"}
            ),
            "management_service.iam.permissions_boundary",
            "must be of account 012345678901",
        ),
        (
            section(management_service__database_key="etcd"),
            "management_service.database_key",
            "must be one of kms_keys: database, secrets; got etcd",
        ),
        (
            section(management_service__root_volume={"kms_key": "disks"}),
            "management_service.root_volume.kms_key",
            "got disks",
        ),
        (
            section(management_service__data_volume={"kms_key": "disks"}),
            "management_service.data_volume.kms_key",
            "got disks",
        ),
        (section(kms_keys__database={}), "kms_keys.database.users", "AWS encrypts the data volume"),
        (section(kms_keys__secrets={}), "kms_keys.secrets.users", "encrypt the service account keys"),
    ],
)
def test_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """What would fail in the middle of an apply, or only once somebody needs it, is refused here."""
    found = refusals(AwsConfig, document)

    assert list(found) == [path]
    assert words in found[path]


def test_whoever_applies_makes_the_data_volume() -> None:
    """Then nobody need stand in its key's users."""
    deployer = "arn:aws:iam::012345678901:role/deploy"

    assert refusals(AwsConfig, section(kms_keys__database={}, deployer=deployer)) == {}


def test_names_both_keys_when_there_are_none() -> None:
    """Forgetting kms_keys is one mistake in two places."""
    found = refusals(AwsConfig, section(kms_keys=None))

    assert found == {
        "management_service.secrets_key": "must be one of kms_keys: there are none; got secrets",
        "management_service.database_key": "must be one of kms_keys: there are none; got database",
    }


def test_the_clusters_of_a_mesh_are_in_one_project() -> None:
    """A mesh id is a project's number; clusters of another project are strangers."""
    here = section(management_service__google_cloud={"project_id": "kl-dev-host"})
    elsewhere = section(management_service__google_cloud={"project_id": "jetstack-anthos"})
    mesh = {"features": {"service_mesh": {"management": "manual"}}}

    def refused(**fields: Any) -> dict[str, str]:
        document = {"environment": "dev", "state": {"local": {}}, "google": GOOGLE, **fields}
        return refusals(Environment, document)

    assert refused(aws=elsewhere) == {}
    assert refused(aws=elsewhere, fleet={}) == {}
    assert refused(aws=here, fleet=mesh) == {}
    assert "in jetstack-anthos;" in refused(aws=elsewhere, fleet=mesh)["fleet.features.service_mesh"]
