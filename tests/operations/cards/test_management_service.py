"""What the card of the management service says, with and without an EKS cluster beside it."""

from __future__ import annotations

from typing import Any

from estate.reading.estate_loader import load_estate
from operations.cards.contents import contents
from operations.check.prerequisites import prerequisites
from tests.example import ENVIRONMENTS
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.operations.cards.asking import warnings


def test_a_service_alone_asks_for_no_tags() -> None:
    """They are for the load balancers of EKS clusters."""
    found = load_estate(ENVIRONMENTS)

    rows = {row.path: row.summary for row in contents(found, "sandbox")}
    commands = [command for _, step in prerequisites(found, "sandbox") for command in step]

    assert rows["aws.management_service"] == "aws-1.4.1-gke.15"
    assert [command for command in commands if "create-tags" in command] == []


def service(section: dict[str, Any]) -> dict[str, Any]:
    """The section with GKE on AWS beside the cluster."""
    user = f"arn:aws:iam::{ACCOUNT}:user/admin"
    return {
        **section,
        "kms_keys": {"secrets": {"users": [user]}, "database": {"users": [user]}},
        "management_service": {
            "version": "aws-1.4.1-gke.15",
            "admin_identity_arns": [user],
            "google_cloud": {"project_id": "kl-dev-host"},
            "key_pair": {
                "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY a"
            },
            "cluster_example": {"version": "1.16.9-gke.12"},
        },
    }


def test_a_neighbour_that_tags_subnets_is_warned_of() -> None:
    """Its tags hide them from the load balancers of other clusters."""
    config = environment("dev", aws=service(AWS))
    steps = dict(prerequisites(estate(organization(promotion=("dev",)), config), "dev"))

    assert any("shares its subnets with GKE on AWS" in one for one in warnings(config))
    assert any(
        "Key=kubernetes.io/cluster/kl-dev-cloud,Value=shared" in one
        for found in steps.values()
        for one in found
    )
