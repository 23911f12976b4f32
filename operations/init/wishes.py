"""What a person tells ``hybrid init``, checked by the model's own types; all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic import TypeAdapter, ValidationError

from estate.model.aws.values import AwsAccountId, AwsRegion
from estate.model.base import EnvironmentName
from estate.model.google.values import ProjectId, Region
from estate.model.organization import DomainName, OrganizationName
from estate.model.words import Words
from estate.reading.paths import quoted
from estate.reading.problems import InvalidInput, Problem
from operations.init.addresses import MOST
from operations.owners.codeowners import read_owners

UNKNOWN: Final = "-"
"""What is said of a cloud whose project or account nobody knows yet."""

_RESERVED: Final = "organization"  # its file has that name already


class StateKind(StrEnum):
    """Where state lies."""

    GCS = "gcs"
    S3 = "s3"
    LOCAL = "local"


@dataclass(frozen=True)
class Said:
    """What was said, as it was said.

    Attributes:
        name: the organization's short name.
        domain: its domain.
        environments: names in the order of promotion.
        google: host projects, as PROJECT or ENV=PROJECT.
        aws: accounts, as ACCOUNT or ENV=ACCOUNT.
        vmware: whether clusters are to run on VMware.
        google_region: region of what is in Google Cloud.
        aws_region: region of what is in AWS.
        state: where state lies; in the first cloud there is when absent.
        owners: who has to agree to what judges.
    """

    name: str
    domain: str
    environments: Sequence[str]
    google: Sequence[str]
    aws: Sequence[str]
    vmware: bool
    google_region: str
    aws_region: str
    state: StateKind | None = None
    owners: Sequence[str] = ()


@dataclass(frozen=True)
class Wishes:
    """What is wanted.

    Attributes:
        name: the organization's short name.
        domain: its domain.
        environments: names in the order of promotion.
        google: id of the host project of each environment, None where nobody knows it; None without Google Cloud.
        aws: id of the account of each environment, likewise.
        vmware: whether clusters are to run on VMware.
        google_region: region of what is in Google Cloud.
        aws_region: region of what is in AWS.
        state: where state lies.
        owners: who has to agree to what judges, as GitHub writes them; nobody yet when empty.
    """

    name: str
    domain: str
    environments: tuple[str, ...]
    google: Mapping[str, str | None] | None
    aws: Mapping[str, str | None] | None
    vmware: bool
    google_region: str
    aws_region: str
    state: StateKind
    owners: tuple[str, ...] = ()


def understand(said: Said) -> Wishes:
    """Check what was said.

    Raises:
        InvalidInput: every word that is wrong, by its option.
    """
    problems = list(_problems(said))
    names = tuple(said.environments)
    google = list(_by_environment("--google", said.google, ProjectId, names, problems))
    aws = list(_by_environment("--aws", said.aws, AwsAccountId, names, problems))
    in_google, in_aws = bool(google) or said.vmware, bool(aws)
    state = said.state or (StateKind.GCS if in_google else StateKind.S3)
    if not in_google and not in_aws:
        message = (
            "name at least one of --google, --aws and --vmware (- for a project or account not known yet)"
        )
        problems.append(Problem.of_file("hybrid init", message))
    elif (state is StateKind.GCS and not in_google) or (state is StateKind.S3 and not in_aws):
        where = "Google Cloud" if state is StateKind.GCS else "AWS"
        problems.append(
            Problem.of_file("--state", f"must be in a cloud of the estate, got {state} without {where}")
        )
    if problems:
        raise InvalidInput(problems)
    return Wishes(
        said.name,
        said.domain,
        names,
        dict.fromkeys(names) | dict(google) if in_google else None,
        dict.fromkeys(names) | dict(aws) if in_aws else None,
        said.vmware,
        said.google_region,
        said.aws_region,
        state,
        tuple(said.owners),
    )


def _problems(said: Said) -> Iterator[Problem]:
    yield from _must("--name", said.name, OrganizationName)
    yield from _must("--domain", said.domain, DomainName)
    yield from _must("--google-region", said.google_region, Region)
    yield from _must("--aws-region", said.aws_region, AwsRegion)
    for position, name in enumerate(said.environments):
        yield from _must("--environments", name, EnvironmentName)
        if name == _RESERVED:
            yield _wrong(
                "--environments", f"must not be {name}, whose file holds what all share; choose another"
            )
        if name in said.environments[:position]:
            yield _wrong("--environments", f"names {name} a second time; each environment stands once")
    if not 1 <= len(said.environments) <= MOST:
        many = len(said.environments)
        yield _wrong("--environments", f"must be 1 to {MOST} names with commas between, got {many}")
    for owner in said.owners:
        if _owners(owner) != (owner,):
            yield _wrong(
                "--owners",
                f"must be @user, @organization/team or an address of mail, with commas between, got {quoted(owner)}",
            )


def _owners(word: str) -> tuple[str, ...]:
    """What GitHub makes of a word where owners stand."""
    try:
        return read_owners(f"* {word}").of("a")
    except InvalidInput:
        return ()


def _by_environment(
    option: str, words: Sequence[str], type_: Any, names: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, str | None]]:
    """What each word says of which environment; one without a name speaks of all."""
    for word in (one for several in words for one in several.split(",")):
        name, equals, value = word.partition("=")
        name, value = (name, value) if equals else ("", name)
        if name and name not in names:
            problems.append(_wrong(option, f"must name one of {', '.join(names)}, got {quoted(name)}"))
        if value != UNKNOWN:
            problems += _must(option, value, type_)
        for environment in [name] if name else names:
            yield environment, None if value == UNKNOWN else value


def _must(option: str, value: str, type_: Any) -> Iterator[Problem]:
    try:
        TypeAdapter[Any](type_).validate_python(value)
    except ValidationError:
        allowed = next(part.text for part in get_args(type_) if isinstance(part, Words))
        yield _wrong(option, f"must be {allowed}, got {quoted(value)}")


def _wrong(option: str, message: str) -> Problem:
    return Problem.of_file(option, message)
