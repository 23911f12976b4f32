"""Rows of who may do what, counted against everything that the synthesized stacks and the tree grant to somebody.

Whom the stacks make themselves, service agents and AWS's services among them, nobody acts as: they have no rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest

from operations.check.access import what_may, who_can
from operations.check.access_row import Row
from tests.example import ENVIRONMENTS, ESTATE, NAMES, PLANS
from tests.manifests.example_tree import standing

_PEOPLE: Final = re.compile(r"(?:group|user):(.+)")
_IDENTITY: Final = re.compile(r"arn:aws:iam::\d+:(?:role|user)/.+")


@cache
def granted(name: str) -> frozenset[tuple[str, str, str]]:
    """Who is granted something in an environment: the address, the role, and the type of what grants it."""
    found = {
        (subject["name"], one["roleRef"]["name"], one["kind"])
        for one in standing(name)
        for subject in one.get("subjects", ())
    }
    for plan in PLANS.values():
        if plan.environment == name:
            path = ENVIRONMENTS / "snapshots" / f"{plan.name}.tf.json"
            resources = json.loads(path.read_text("utf-8"))["resource"]
            found |= {
                one
                for type_, bodies in resources.items()
                for body in bodies.values()
                for one in _of(type_, body)
            }
    return frozenset(found)


@cache
def rows(name: str) -> list[Row]:
    """The rows of each address, asked by itself."""
    addresses = {address for address, _, _ in granted(name)}
    return [row for address in sorted(addresses) for row in what_may(ESTATE, address, [name])]


def _of(type_: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    member = _PEOPLE.fullmatch(str(body.get("member", "")))
    if member:
        yield member[1], body["role"], type_
    if type_ == "google_gke_hub_scope_rbac_role_binding":
        [role] = body["role"].values()
        yield body["group"], role.lower(), type_
    for address in _administrators(body.get("authorization", {})):
        yield address, "cluster-admin", type_
    if type_ == "aws_eks_access_entry":
        yield body["principal_arn"], "access entry", type_
    if type_ == "aws_kms_key":
        statements = json.loads(body["policy"])["Statement"]
        named = [arn for statement in statements for arn in statement["Principal"].get("AWS", ())]
        yield from ((arn, "key policy", type_) for arn in named if _IDENTITY.fullmatch(arn))


def _administrators(authorization: Mapping[str, Any]) -> Iterator[str]:
    """Of a whole cluster: users by name, or as blocks with one."""
    for one in (*authorization.get("admin_users", ()), *authorization.get("admin_groups", ())):
        yield one if isinstance(one, str) else one["username"]


def said(name: str) -> set[tuple[str, str]]:
    """The same of the tables, every address in it asked by itself."""
    by_itself = {"key policy", "access entry"}
    return {(row.address, row.through if row.through in by_itself else row.role) for row in rows(name)}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_stack_grants_has_its_row(name: str) -> None:
    """And no row is there that no stack makes, but for the one that says by whose hand."""
    made_here = {(address, role) for address, role, _ in granted(name)}
    elsewhere = {
        (row.address, row.role)
        for row in rows(name)
        if row.made_by.startswith("hand") or row.through == "admin_identity_arns"
    }

    assert made_here - said(name) == set()
    assert said(name) - made_here - elsewhere == set()


def test_an_auditor_sees_who_administers_an_eks_cluster() -> None:
    """Past the gateway, by AWS's own identities."""
    found = [
        (row.who, row.role, row.through)
        for row in who_can(ESTATE, "prod/aws")
        if row.through == "access entry"
    ]

    assert found == [
        ("role platform-admin", "AmazonEKSClusterAdminPolicy", "access entry"),
        ("role break-glass", "AmazonEKSClusterAdminPolicy", "access entry"),
        ("role kl-prod-attach", "AmazonEKSClusterAdminPolicy", "access entry"),
    ]
