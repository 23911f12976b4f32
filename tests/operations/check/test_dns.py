"""What people read of names across the sites: tables, warnings, and what the on-prem team is told."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.aws.services import services
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from operations.cards.contents import contents
from operations.cards.registry import entities
from operations.cards.warnings import all_warnings
from operations.check.dns_openings import dns_openings
from operations.check.opening import Opening
from operations.check.openings import forwarding
from tests.model.google.documents import ENVIRONMENT as WITH_CLUSTER
from tests.model.test_dns import NAMES
from tests.model.vmware.documents import changed

ORGANIZATION = Organization(name="kl", domain="example.com", promotion=("dev", "test"))


def environment(**changes: Any) -> Environment:
    """An environment with names of both other sites."""
    return Environment.model_validate(changed(NAMES, **changes))


def table(one: Environment) -> dict[str, str]:
    """The rows about names, by path."""
    found = contents(Estate(ORGANIZATION, {one.environment: one}), one.environment)
    return {row.path: row.summary for row in found if row.path.startswith("dns")}


def steps(one: Environment) -> list[str]:
    """What people do for it."""
    estate = Estate(ORGANIZATION, {one.environment: one})
    return [step.what for card, entity in entities(estate, one.environment) for step in card.steps(entity)]


def warnings(one: Environment, other: Environment | None = None) -> list[str]:
    """What is said of the last of them."""
    environments = {each.environment: each for each in (one, other) if each}
    return [*all_warnings(Estate(ORGANIZATION, environments), [*environments][-1])]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"dns__onprem": None}, True),
        ({"dns__aws": None}, True),
        ({"dns__aws": None, "vpn__transit": False}, False),
        ({"dns": None}, False),
    ],
    ids=["both ways", "into the VPC", "out of it", "AWS asks nobody", "no names"],
)
def test_whoever_applies_may_manage_the_resolver(changes: dict[str, Any], *, expected: bool) -> None:
    """Where it has endpoints, and nowhere else: it is a service of its own to IAM, not EC2's."""
    one = environment(**changes)

    assert one.aws
    assert ("Route 53 Resolver" in services(one, one.aws)) is expected


def test_contents_say_who_answers_what() -> None:
    """A row a domain."""
    rows = table(environment())

    assert rows == {
        "dns": "asked elsewhere: 1 of the data centers' domains, 1 of AWS's",
        "dns.onprem.corp": "corp.example.com at 10.20.0.53, 10.21.0.53",
        "dns.aws.domains.aws": "aws.example.com at 10.0.1.53, 10.0.2.53",
    }
    assert table(environment(dns__aws=None))["dns"] == (
        "asked elsewhere: 1 of the data centers' domains, 0 of AWS's"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            [
                Opening("35.199.192.0/19", "10.20.0.53, 10.21.0.53", "udp:53, tcp:53", "Cloud DNS asks for corp.example.com"),
                Opening("10.0.1.0/24, 10.0.2.0/24", "10.20.0.53, 10.21.0.53", "udp:53, tcp:53", "Route 53 asks for corp.example.com"),
                Opening("10.20.0.0/16, 10.21.0.0/24", "10.0.1.53, 10.0.2.53", "udp:53, tcp:53", "name servers ask for aws.example.com"),
            ],
        ),
        (
            {"vpn__transit": False},
            [Opening("35.199.192.0/19", "10.20.0.53, 10.21.0.53", "udp:53, tcp:53", "Cloud DNS asks for corp.example.com")],
        ),
        ({"dns__onprem": None, "vpn__transit": False}, []),
        ({"dns": None}, []),
    ],
    ids=["joined", "apart", "nothing of the data centers", "nothing"],
)  # fmt: skip
def test_the_on_prem_firewalls_let_questions_through(
    changes: dict[str, Any], expected: list[Opening]
) -> None:
    """As far as there are ways."""
    assert list(dns_openings(environment(**changes))) == expected


def test_name_servers_are_told_of_both_clouds() -> None:
    """Of each as far as it answers them."""
    told = forwarding(environment())

    assert told.startswith("name servers of the data centers forward gcr.io, ")
    assert told.endswith("; aws.example.com to 10.0.1.53, 10.0.2.53")
    assert forwarding(environment(google__network__inbound_dns=False)) == (
        "name servers of the data centers forward aws.example.com to 10.0.1.53, 10.0.2.53"
    )
    assert not forwarding(environment(google__network__inbound_dns=False, vpn__transit=False))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vpn": None, "dns__aws": None}, "dns.onprem without vpn.onprem: whoever joins the data centers"),
        ({"vpn__onprem": None, "vpn__transit": None}, "dns.onprem without vpn.onprem"),
        ({"vpn__transit": False}, "AWS has no way to the name servers of dns.onprem without vpn.transit"),
    ],
)
def test_warns_of_names_that_nobody_answers(changes: dict[str, Any], words: str) -> None:
    """It may be made elsewhere, or be meant."""
    assert [text for text in warnings(environment(**changes)) if words in text]


def test_two_that_ask_from_one_range_are_warned() -> None:
    """The later of them: an answer finds the way back to one."""
    one = environment()
    other = Environment.model_validate(
        {
            "environment": "test",
            "state": {"local": {}},
            "google": {"host_project": {"id": "kl-test-host", "number": 223456789012}, "region": "europe-north1",
                       "network": {"subnets": {"a": {"cidr": "10.80.0.0/20"}}, "onprem_prefixes": ["10.20.0.0/16"]}},
            "dns": {"onprem": {"corp": {"domain": "corp.example.com", "servers": ["10.20.0.53"]}}},
        }
    )  # fmt: skip

    said = [text for text in warnings(one, other) if "35.199.192.0/19: unless" in text]

    assert said[0].startswith("dns.onprem asks 10.20.0.53 as dev does, both from 35.199.192.0/19")


@pytest.mark.parametrize(
    ("repo", "more", "internal"),
    [
        ("https://git.corp.internal/a/b.git", {}, True),
        ("git@gitlab:a/b.git", {}, True),
        ("ssh://git@git.lan:7999/a/b.git", {}, True),
        ("https://github.com/a/b.git", {}, False),
        ("https://git.corp.internal/a/b.git", {"dns": {"onprem": {"a": {"domain": "corp.internal", "servers": ["10.30.0.53"]}}}}, False),
        ("https://git.corp.internal/a/b.git", {"google__gke_clusters": None}, False),
    ],
    ids=["nobody's", "no dot", "with a port", "public", "forwarded", "no cluster in a cloud"],
)  # fmt: skip
def test_warns_of_a_source_that_clusters_in_the_clouds_cannot_find(
    repo: str,
    more: dict[str, Any],
    internal: bool,  # noqa: FBT001 - a case of the test
) -> None:
    """Where the name is one that only the own network answers."""
    document = changed(
        WITH_CLUSTER,
        fleet={"features": {"config_sync": {"git": {"repo": repo, "secret_type": "none"}}}},
        **more,
    )

    said = [
        text for text in warnings(Environment.model_validate(document)) if "Config Sync reads from" in text
    ]

    assert bool(said) is internal


def test_what_aws_answers_is_brought_there_by_people() -> None:
    """Its hosted zones, and whoever asks from the data centers, where these have a way."""
    cases: dict[str, dict[str, Any]] = {
        "joined": {},
        "apart": {"vpn__transit": False},
        "none": {"dns__aws": None},
    }

    told = {
        key: [step for step in steps(environment(**changes)) if "aws.example.com" in step]
        for key, changes in cases.items()
    }

    zones = "associate the private hosted zones of aws.example.com with the VPC, or nobody answers for them"
    forward = "have the name servers of the data centers forward aws.example.com to 10.0.1.53, 10.0.2.53"
    assert told == {"joined": [zones, forward], "apart": [zones], "none": []}
