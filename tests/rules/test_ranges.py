"""An environment's own fields, its state, the organization, and the rules that cross environments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.rules import broken_rules
from estate.model.state import State
from tests.model.refusals import refusals

ORGANIZATION = {"name": "kl", "domain": "example.com", "promotion": ["dev", "prod"]}


def test_a_name_and_a_state_are_enough() -> None:
    """An environment before anything is in it, protected from the start."""
    environment = Environment.model_validate({"environment": "dev", "state": {"local": {}}})

    assert (environment.deletion_protection, environment.labels, environment.aws) == (True, {}, None)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"environment": "Dev"}, "environment"),
        ({"environment": "thirteenchars"}, "environment"),
        ({"labels": {"Cost": "1"}}, "labels.Cost.[key]"),
        ({"labels": {"cost": "A B"}}, "labels.cost"),
        ({"labels": {"cost": 4711}}, "labels.cost"),
        ({"deletion_protection": "no"}, "deletion_protection"),
        ({"azure": {}}, "azure"),
    ],
    ids=["upper case", "13 characters", "label key", "label value", "number", "text for a bool", "unknown"],
)
def test_an_environment_refuses(change: dict[str, Any], path: str) -> None:
    """Each mistake, at its field."""
    assert list(refusals(Environment, {"environment": "dev", "state": {"local": {}}, **change})) == [path]


@pytest.mark.parametrize("kind", ["gcs", "s3", "local"])
def test_a_state_is_of_one_kind(kind: str) -> None:
    """Its name is Terraform's."""
    settings = {"gcs": {"bucket": "abc"}, "s3": {"bucket": "abc", "region": "eu-west-1"}, "local": {}}

    assert State.model_validate({kind: settings[kind]}).kind == kind


@pytest.mark.parametrize(
    ("state", "found"),
    [({}, "none"), ({"local": {}, "gcs": {"bucket": "abc"}}, "gcs and local")],
    ids=["none", "two"],
)
def test_a_state_of_no_kind_or_two_is_refused(state: dict[str, Any], found: str) -> None:
    """Terraform takes one backend, and without one it would be an implicit one."""
    assert f"exactly one of gcs, s3 and local, got {found};" in refusals(State, state)[""]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "k"}, "name"),
        ({"name": "toolongname"}, "name"),
        ({"domain": "Example.com"}, "domain"),
        ({"domain": "example"}, "domain"),
        ({"promotion": []}, "promotion"),
        ({"promotion": ["dev", "prod", "dev"]}, "promotion.2"),
    ],
    ids=["short name", "long name", "upper case", "no dot", "nothing", "twice"],
)
def test_an_organization_refuses(change: dict[str, Any], path: str) -> None:
    """Each mistake, at its field."""
    assert list(refusals(Organization, {**ORGANIZATION, **change})) == [path]


def estate(**ranges: str) -> Estate:
    """An estate of environments with a VPC of this range each."""
    environments = {
        name: Environment.model_validate(
            {
                "environment": name,
                "state": {"local": {}},
                "aws": {
                    "region": "eu-west-1",
                    "account_id": "012345678901",
                    "management_vpc": {
                        "existing": {
                            "vpc_id": "vpc-0123456789abcdef0",
                            "cidr": cidr,
                            "zones": {
                                "eu-west-1a": {
                                    "private": "subnet-0123456789abcdef0",
                                    "public": "subnet-0123456789abcdef1",
                                }
                            },
                        }
                    },
                },
            }
        )
        for name, cidr in ranges.items()
    }
    return Estate(Organization.model_validate({**ORGANIZATION, "promotion": list(ranges)}), environments)


def test_ranges_of_two_environments_may_not_overlap() -> None:
    """They are joined sooner or later, and then one of them has to be rebuilt."""
    found = broken_rules(estate(dev="10.0.0.0/16", test="10.1.0.0/16", prod="10.0.128.0/20"))

    assert [(v.path, "10.0.0.0/16 of dev" in v.message) for v in found] == [
        (("prod", "aws", "management_vpc", "cidr"), True)
    ]


def test_an_environment_without_aws_has_no_range_there() -> None:
    """Nothing to overlap with."""
    environment = Environment.model_validate({"environment": "dev", "state": {"local": {}}})

    assert broken_rules(Estate(Organization.model_validate(ORGANIZATION), {"dev": environment})) == []


ranges = st.builds(
    lambda address, prefix: f"10.{(address >> 8) % 256}.{address % 256}.0/{prefix}",
    st.integers(0, 65535),
    st.just(24),
)


@given(st.lists(ranges, min_size=2, max_size=5))
def test_every_overlap_is_reported_once(cidrs: list[str]) -> None:
    """One violation for each pair of environments on one range, and none without."""
    names = [f"e{i}" for i in range(len(cidrs))]
    pairs = sum(1 for i, one in enumerate(cidrs) for other in cidrs[i + 1 :] if one == other)

    assert len(broken_rules(estate(**dict(zip(names, cidrs, strict=True))))) == pairs


def test_without_a_refactoring_file_there_are_no_entries() -> None:
    """The ordinary case."""
    refactoring = estate(dev="10.0.0.0/16").refactoring("dev")

    assert (refactoring.import_, refactoring.moved, refactoring.removed) == ((), (), ())
