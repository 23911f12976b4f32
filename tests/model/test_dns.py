"""Which domains are answered where, by itself and against the ways that lead there."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.names import asks_aws
from estate.derived.vpn.routes import advertised
from estate.model.dns import CLOUD_DNS
from estate.model.environment import Environment
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT

DNS: dict[str, Any] = {
    "onprem": {"corp": {"domain": "corp.example.com", "servers": ["10.20.0.53", "10.21.0.53"]}},
    "aws": {
        "domains": {"aws": "aws.example.com"},
        "addresses": {"eu-west-1a": "10.0.1.53", "eu-west-1b": "10.0.2.53"},
    },
}
NAMES: dict[str, Any] = {**ENVIRONMENT, "dns": DNS}
ONE_ZONE = {"eu-west-1a": ENVIRONMENT["aws"]["management_vpc"]["zones"]["eu-west-1a"]}


def test_a_valid_section_is_refused_nothing() -> None:
    """With both sides, with each alone, and with names that a zone of the network holds."""
    assert refusals(Environment, NAMES) == {}
    assert refusals(Environment, changed(NAMES, dns__aws=None)) == {}
    assert refusals(Environment, changed(NAMES, dns__onprem=None)) == {}
    assert refusals(Environment, changed(NAMES, dns__onprem__corp__domain="internal")) == {}


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"dns": {}}, "dns", "names no domain"),
        ({"dns__onprem__corp__domain": "corp.example.com."}, "dns.onprem.corp.domain", "should match"),
        ({"dns__onprem__corp__servers": []}, "dns.onprem.corp.servers", "at least 1 item"),
        (
            {"dns__onprem__corp__servers": ["10.20.0.53", "10.20.0.53"]},
            "dns.onprem.corp.servers.1",
            "10.20.0.53 stands here a second time",
        ),
        (
            {"dns__onprem__corp__servers": ["10.99.0.53"]},
            "dns.onprem.corp.servers.0",
            "must be among google.network.onprem_prefixes, to which there is a way, got 10.99.0.53",
        ),
        (
            {"dns__aws__domains__aws": "corp.example.com"},
            "dns.aws.domains.aws",
            "must differ from dns.onprem.corp.domain, got corp.example.com for both",
        ),
        (
            {"dns__onprem__corp__domain": "europe-docker.pkg.dev"},
            "dns.onprem.corp.domain",
            "must not be pkg.dev or below it",
        ),
        ({"google__network": None, "vpn": None}, "dns", "needs google.network"),
        ({"google": None, "vpn": None}, "dns", "needs google.network"),
        ({"vpn__aws": None, "vpn__transit": None}, "dns.aws", "needs vpn.aws"),
        ({"vpn": None}, "dns.aws", "needs vpn.aws"),
        ({"dns__aws__addresses__eu-west-1b": None}, "dns.aws.addresses", "at least 2 items"),
        (
            {"dns__aws__addresses__eu-west-1c": "10.0.3.53"},
            "dns.aws.addresses.eu-west-1c",
            "must be a zone of aws.management_vpc: eu-west-1a, eu-west-1b, got eu-west-1c",
        ),
        (
            {"dns__aws__addresses__eu-west-1a": "10.0.4.53"},
            "dns.aws.addresses.eu-west-1a",
            "must lie in the private subnet of its zone, 10.0.1.0/24, got 10.0.4.53",
        ),
        (
            {"dns__aws__addresses__eu-west-1a": "10.0.1.3"},
            "dns.aws.addresses.eu-west-1a",
            "must be none of the first 4 addresses of 10.0.1.0/24 nor its last",
        ),
        (
            {"dns__aws__addresses__eu-west-1a": "10.0.1.255"},
            "dns.aws.addresses.eu-west-1a",
            "must be none of the first 4 addresses",
        ),
        (
            {"dns__aws": None, "aws__management_vpc__zones": ONE_ZONE},
            "aws.management_vpc.zones",
            "must be 2 at least",
        ),
    ],
)
def test_refuses_what_nobody_would_answer(changes: dict[str, Any], path: str, reason: str) -> None:
    """Each mistake at the key to change."""
    assert reason in refusals(Environment, changed(NAMES, **changes))[path]


def test_nobody_asks_aws_that_answers_nothing() -> None:
    """Without names of its own."""
    assert asks_aws(Environment.model_validate(ENVIRONMENT)) == ()
    assert asks_aws(Environment.model_validate(changed(NAMES, dns__aws=None))) == ()


def test_whoever_is_asked_knows_the_way_back() -> None:
    """Cloud DNS asks from a range of Google's, which no route leads to unless it is advertised."""
    told = {
        (key, vpn): CLOUD_DNS in advertised(Environment.model_validate(changed(NAMES, **changes)), vpn)
        for key, changes in {"both": {}, "onprem": {"dns__aws": None}, "none": {"dns": None}}.items()
        for vpn in ("onprem", "aws")
    }

    assert told == {
        ("both", "onprem"): True,
        ("both", "aws"): True,
        ("onprem", "onprem"): True,
        ("onprem", "aws"): False,
        ("none", "onprem"): False,
        ("none", "aws"): False,
    }
