"""The ground: that it can be made, by one, and by nobody who stands on it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.derived.pipeline.grounds import AWS, GITHUB, S3, estate, google, in_aws, in_google, project
from tests.model.refusals import refusals

KEY = "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"
GROUND = {"github": GITHUB, "project": project("dev-ground")}


def refused(*documents: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Where rules of the whole estate complain."""
    return [one.path for one in broken_rules(estate(*documents))]


@pytest.mark.parametrize("document", [in_aws(), in_google(), in_google(aws=AWS)])
def test_takes(document: dict[str, Any]) -> None:
    """A ground in either cloud, and in both."""
    assert refusals(Environment, document) == {}
    assert refused(document) == []


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        (in_aws(state={"local": {}}), ["state.local"]),
        (in_google(bootstrap={"github": GITHUB}), ["bootstrap.project"]),
        (in_google(google=None, bootstrap={"github": GITHUB}), ["bootstrap.project", "bootstrap.location"]),
        (in_google(google=None), ["bootstrap.location"]),
        (in_aws(bootstrap=GROUND), ["bootstrap.project"]),
        (in_aws(bootstrap={"github": GITHUB, "location": "europe-north1"}), ["bootstrap.location"]),
        (in_google(state=S3), ["state.s3"]),
        (in_aws(state={"s3": {**S3["s3"], "kms_key_arn": KEY}}), ["state.s3.kms_key_arn"]),
        (in_aws(aws={**AWS, "deployer": "arn:aws:iam::210987654321:user/ci"}), ["aws.deployer"]),
        (in_aws(aws={**AWS, "deployer": "arn:aws:iam::210987654321:role/ci/ci"}), ["aws.deployer"]),
        (in_aws(bootstrap={"github": {**GITHUB, "repository": "estate"}}), ["bootstrap.github.repository"]),
        (in_aws(bootstrap={"github": {**GITHUB, "owner_id": 0}}), ["bootstrap.github.owner_id"]),
    ],
)
def test_refuses(document: dict[str, Any], paths: list[str]) -> None:
    """What cannot be made, or would be somebody else's."""
    assert list(refusals(Environment, document)) == paths


def test_one_of_several_makes_what_there_is_once() -> None:
    """Without an owner the second is refused, and told whom to name; with one it is taken."""
    second = in_aws("prod", state={"s3": {**S3["s3"], "prefix": "prod"}})
    owned = {**second, "bootstrap": {"github": GITHUB, "owner": "dev"}}
    third = {**owned, "environment": "test", "state": {"s3": {**S3["s3"], "prefix": "test"}}}
    third["bootstrap"] = {"github": GITHUB}

    messages = [one.message for one in broken_rules(estate(in_aws(), second))]

    assert [message.rpartition(";")[2].strip() for message in messages] == ["say bootstrap: {owner: dev}"] * 2
    assert refused(in_aws(), owned) == []
    assert refused(in_aws(), owned, third) == [("test", "bootstrap")] * 2


@pytest.mark.parametrize(
    ("owner", "other"),
    [
        ("prod", in_aws()),
        ("nobody", in_aws()),
        ("dev", {**in_aws(), "bootstrap": None}),
        ("dev", in_google()),
    ],
    ids=["itself", "nobody", "none", "nothing in common"],
)
def test_an_owner_has_something_to_share(owner: str, other: dict[str, Any]) -> None:
    """Another environment, with a ground of its own, that has the same of something."""
    second = in_aws(
        "prod", bootstrap={"github": GITHUB, "owner": owner}, state={"s3": {**S3["s3"], "prefix": "prod"}}
    )

    assert refused(other, second) == [("prod", "bootstrap", "owner")]


def test_what_is_shared_fits_who_shares_it() -> None:
    """One pool lets in one repository; a bucket is of the owner's project, and of its account."""
    shared = {"github": {**GITHUB, "repository_id": 23}, "project": project("dev-ground"), "owner": "dev"}
    elsewhere = {**shared, "github": GITHUB, "project": project("prod-ground", 5)}
    bucket = {"gcs": {"bucket": "nk-dev-tfstate", "prefix": "prod"}}
    host = google("prod-host", 6)
    account = {**AWS, "account_id": "210987654322"}
    in_s3 = {"s3": {**S3["s3"], "prefix": "prod"}}

    assert refused(in_google(), in_google("prod", bootstrap=shared, google=host)) == [
        ("prod", "bootstrap", "github")
    ]
    assert refused(in_google(), in_google("prod", bootstrap=elsewhere, google=host, state=bucket)) == [
        ("prod", "bootstrap", "project")
    ]
    with_owner = {"github": GITHUB, "owner": "dev"}
    assert refused(in_aws(), in_aws("prod", bootstrap=with_owner, aws=account, state=in_s3)) == [
        ("prod", "state", "s3", "bucket")
    ]


def test_the_ground_is_in_no_project_of_an_environment() -> None:
    """Whoever applies an environment may give itself any role in its projects."""
    document = in_google(bootstrap={"github": GITHUB, "project": project("dev-host", 210987654321)})

    assert refused(document) == [("dev", "bootstrap", "project", "id")]
