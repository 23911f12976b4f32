"""The one account and region that the ARNs of a document must agree on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from estate.model.rules import Path
from estate.reading.paths import dotted, quoted
from estate.reading.problems import Problem
from operations.adopt.management_service.reading import Document

OPTION = "--account-id"
_DIGITS = 12  # https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
_ARNS: tuple[tuple[str, ...], ...] = (
    ("spec", "authentication", "awsIAM", "adminIdentityARNs"),
    ("spec", "kmsKeyARN"),
    ("spec", "databaseEncryption", "kmsKeyARN"),
    ("spec", "iam", "permissionsBoundary"),
    ("spec", "rootVolume", "kmsKeyARN"),
    ("spec", "dataVolume", "kmsKeyARN"),
    ("spec", "bastionHost", "rootVolume", "kmsKeyARN"),
)


class Account(NamedTuple):
    """The account of the section.

    Attributes:
        account_id: 12 digits.
        replaced: the id that the document has instead; None when it has this one.
        arns: in how many ARNs it was replaced.
    """

    account_id: str
    replaced: str | None
    arns: int


class _Arn(NamedTuple):
    path: Path
    service: str
    region: str
    account: str


def find_account(document: Document, given: str | None) -> tuple[Account | None, list[Problem]]:
    """Find the account that all ARNs name, or that the option says instead.

    Args:
        document: the document.
        given: what `--account-id` says.

    Returns:
        The account, None when there are problems; and the problems, those of regions among them.
    """
    arns = list(_arns(document))
    problems = [
        *_wrong_option(given),
        *_wrong_regions(document, arns),
        *_wrong_accounts(document, arns, given),
    ]
    if problems:
        return None, problems
    others = [arn.account for arn in arns if arn.account != given]
    if given is None:
        return Account(others[0], None, 0), []
    return Account(given, others[0] if others else None, len(others)), []


def with_account(arn: str, account: Account) -> str:
    """The ARN in the section's account; ARNs of AWS's own policies stay as they are."""
    parts = arn.split(":", 5)
    if parts[4] == account.replaced:
        parts[4] = account.account_id
    return ":".join(parts)


def _arns(document: Document) -> Iterator[_Arn]:
    for path in _ARNS:
        value = document.at(*path)
        found: list[tuple[Path, str]] = [((*path, i), arn) for i, arn in enumerate(value or ())]
        if isinstance(value, str):
            found = [(path, value)]
        for place, arn in found:
            _, _, service, region, account, _ = arn.split(":", 5)
            if account != "aws":
                yield _Arn(place, service, region, account)


def _wrong_option(given: str | None) -> Iterator[Problem]:
    if given is not None and not _is_account_id(given):
        yield Problem.of_file(OPTION, f"must be {_DIGITS} digits, got {quoted(given)}")


def _wrong_regions(document: Document, arns: list[_Arn]) -> Iterator[Problem]:
    region = document.at("spec", "region")
    for arn in arns:
        if arn.region and arn.region != region:
            yield document.source.problem(
                arn.path,
                f"must be of region {region}, as spec.region says, got one of {arn.region}",
            )


def _wrong_accounts(document: Document, arns: list[_Arn], given: str | None) -> Iterator[Problem]:
    first: dict[str, _Arn] = {}
    for arn in arns:
        if arn.account != given:
            first.setdefault(arn.account, arn)
    for arn in arns:
        if arn.account not in first:
            continue
        if given is None and not _is_account_id(arn.account):
            yield document.source.problem(
                arn.path,
                f"must name an account of {_DIGITS} digits, got {arn.account} with {len(arn.account)}, which AWS does "
                f"not accept; give the right one with {OPTION} (`aws sts get-caller-identity` shows it)",
            )
        elif arn.account != next(iter(first)):
            other = next(iter(first.values()))
            yield document.source.problem(
                arn.path,
                f"must be of the same account as {dotted(other.path)}, {other.account}, got {arn.account}; "
                "one environment has one account",
            )


def _is_account_id(text: str) -> bool:
    return len(text) == _DIGITS and text.isascii() and text.isdigit()
