"""What the card of the management service says, with and without an EKS cluster beside it."""

from __future__ import annotations

from typing import Any

from estate.reading.estate_loader import load_estate
from operations.cards.contents import contents
from operations.check.access import what_may
from tests.example import ENVIRONMENTS
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.operations.cards.asking import commands, steps, warnings


def test_a_service_alone_asks_for_no_tags() -> None:
    """They are for the load balancers of EKS clusters."""
    found = load_estate(ENVIRONMENTS)

    rows = {row.path: row.summary for row in contents(found, "sandbox")}

    assert rows["aws.management_service"] == "aws-1.4.1-gke.15"
    assert [one for one in commands(found, "sandbox") if "create-tags" in one] == []


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
    found = commands(estate(organization(promotion=("dev",)), config), "dev")

    assert any("shares its subnets with GKE on AWS" in one for one in warnings(config))
    assert any("Key=kubernetes.io/cluster/kl-dev-cloud,Value=shared" in one for one in found)


def test_what_the_service_uses_and_does_not_make_is_asked_for() -> None:
    """The boundary of its roles, and keys of others."""
    key, boundary = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/a", f"arn:aws:iam::{ACCOUNT}:policy/edge"
    section = service(AWS)
    section["kms_keys"]["database"] = {"existing": {"key_arn": key}}
    section["management_service"]["iam"] = {"permissions_boundary": boundary}
    config = environment("dev", aws=section)

    found = steps(estate(organization(promotion=("dev",)), config), "dev")

    assert f"have the permissions boundary {boundary}" in found
    assert (
        f"have the owner of {key} (kms_keys.database) allow in its policy: the roles of the management service to encrypt "
        "and decrypt"
    ) in found


def test_who_administers_the_service_has_a_row() -> None:
    """And whoever makes its volumes, of the key that encrypts them."""
    user, deployer = (f"arn:aws:iam::{ACCOUNT}:{one}" for one in ("user/admin", "role/deploy"))
    whole = estate(
        organization(promotion=("dev",)), environment("dev", aws=service({**AWS, "deployer": deployer}))
    )

    found = {row.where: row.role for row in what_may(whole, user, ["dev"])}

    assert found == {
        "KMS key database": "encrypt and decrypt",
        "KMS key secrets": "encrypt and decrypt",
        "GKE on AWS": "administrator",
    }
    assert [(row.where, row.role) for row in what_may(whole, deployer, ["dev"])] == [
        ("KMS key database", "encrypt and decrypt"),
        ("KMS key secrets", "make EKS clusters"),
    ]
