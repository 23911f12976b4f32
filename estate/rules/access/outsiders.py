"""Rules on who is of the organization: people by their domain, identities of AWS by their account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from estate.derived.access.administrators import named_administrators
from estate.model.aws.values import principal
from estate.model.estate import ORGANIZATION, Estate
from estate.model.rules import Path, Violation, rule

_OF_GOOGLE: Final = ".gserviceaccount.com"
_IDENTITY: Final = re.compile(r"arn:aws[-a-z]*:iam::[0-9]{12}:(user|role)/")


@rule(on=Estate)
def administrators_are_of_the_domain(estate: Estate) -> Iterator[Violation]:
    """Administrators whom a cluster names are people and groups of the organization's domain, or service accounts."""
    domain = estate.organization.domain
    for name, environment in estate.environments.items():
        for path, address in named_administrators(environment):
            host = address.rpartition("@")[2]
            if host != domain and not host.endswith(_OF_GOOGLE):
                what = "group" if "admin_groups" in path else "person"
                yield Violation(
                    (name, *path),
                    f"must be a {what} of {domain}"
                    + ("" if what == "group" else " or a service account")
                    + f", got {address}",
                    (ORGANIZATION, "domain"),
                )


@rule(on=Estate)
def identities_are_of_the_organization(estate: Estate) -> Iterator[Violation]:
    """Roles and users of AWS that get something are of an account that the estate knows."""
    environments = estate.environments.items()
    known = {one.aws.account_id for _, one in environments if one.aws} | {
        *estate.organization.aws_accounts.values()
    }
    for name, environment in environments:
        for path, arn in _identities(environment.aws, (name, "aws")):
            account = principal(arn)[0]
            if account not in known:
                yield Violation(
                    path,
                    f"must be of an account of the organization ({', '.join(sorted(known))}), got {arn}; if {account} is one, "
                    f'say so in organization.yaml: aws_accounts: {{NAME: "{account}"}}',
                    (ORGANIZATION, "aws_accounts"),
                    (name, "aws", "account_id"),
                )


def _identities(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every ARN of a role or user below a value, whatever field holds it."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _identities(getattr(value, field), (*path, field))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _identities(inner, (*path, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _identities(inner, (*path, position))
    elif isinstance(value, str) and _IDENTITY.match(value):
        yield path, value
