"""Who is of the organization, whatever field names them."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.organization import Organization
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import AWS, SCALING
from tests.model.refusals import refusals
from tests.model.vmware.documents import SECTION, changed

STRANGER = "arn:aws:iam::999999999999:role/stranger"
ACCESS = "eks_clusters__cloud__access"


def refused(shared: dict[str, Any] | None = None, **sections: Any) -> dict[str, str]:
    """What the estate is refused for with other sections in dev."""
    found = broken_rules(estate(organization(**(shared or {})), environment("dev", **sections)))
    return {".".join(map(str, one.path)): one.message for one in found}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"kms_keys__secrets": {"users": [SCALING, STRANGER]}}, "kms_keys.secrets.users.1"),
        ({"kms_keys__secrets": {"administrators": [STRANGER]}}, "kms_keys.secrets.administrators.0"),
        ({f"{ACCESS}__administrators": {"them": STRANGER}}, "eks_clusters.cloud.access.administrators.them"),
        ({f"{ACCESS}__installer": STRANGER}, "eks_clusters.cloud.access.installer"),
    ],
    ids=["user", "administrator of a key", "administrator", "installer"],
)
def test_identities_of_foreign_accounts_get_nothing(changes: dict[str, Any], path: str) -> None:
    """Unless the organization says that the account is its own."""
    aws = changed(AWS, **changes)

    [(where, message)] = refused(aws=aws).items()

    assert where == f"dev.aws.{path}"
    assert 'aws_accounts: {NAME: "999999999999"}' in message
    assert refused({"aws_accounts": {"pipeline": "999999999999"}}, aws=aws) == {}


@pytest.mark.parametrize(
    ("user", "taken"),
    [
        ("ola@example.com", True),
        ("breaker@kl-dev-host.iam.gserviceaccount.com", True),
        ("ola@example.org", False),
        ("ola@evil-example.com", False),
    ],
)
def test_administrators_are_of_the_domain_or_programs(user: str, *, taken: bool) -> None:
    """Everybody else has an account that nobody here takes away."""
    section = changed(SECTION, user_clusters__apps__admin_users=[user])

    found = [path for path in refused(vmware=section) if "admin_users" in path]

    assert found == ([] if taken else ["dev.vmware.user_clusters.apps.admin_users.0"])


def test_who_breaks_glass_is_of_the_domain() -> None:
    """Also somebody who helps out."""
    entry = {
        "user": "kari@example.org",
        "environments": ["dev"],
        "expires": "2027-01-31",
        "reason": "on call",
    }
    document = {"name": "kl", "domain": "example.com", "promotion": ["dev"], "break_glass": {"kari": entry}}

    found = refusals(Organization, document)

    assert list(found) == ["break_glass.kari.user"]
    assert "must be a person of example.com" in found["break_glass.kari.user"]


def test_no_team_has_every_right_by_a_role_of_its_own() -> None:
    """It would read the secrets of all others, and bind itself to anything."""
    team = {
        "group": "web@example.com",
        "namespace_prefix": "web-",
        "access": {"dev": {"custom_role": "cluster-admin", "gateway": "view"}},
    }
    document = {"name": "kl", "domain": "example.com", "promotion": ["dev"], "teams": {"web": team}}

    [(path, message)] = refusals(Organization, document).items()

    assert path.startswith("teams.web.access.dev")
    assert path.endswith("custom_role")
    assert "must not be cluster-admin" in message
