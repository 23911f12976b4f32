"""What lets packets in and out: firewall policies, security groups, endpoints, names."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.ways.aws import PUBLIC
from estate.derived.ways.way import Kind
from operations.policy.ways.filters import held_back
from operations.policy.ways.layers import Layer, aws_layer, google_layers, layer
from operations.policy.ways.names import addresses, astray
from operations.policy.ways.unasked import unasked
from tests.operations.policy.ways.small import ASSOCIATED, end, ranges, rule, stack, way

MACHINES = end(Kind.GOOGLE_SUBNETS, "10.64.0.0/20")
CALLERS = end(Kind.DATA_CENTER, "10.20.0.0/24")
_WIDE = [{"ip_protocol": "tcp", "ports": ["400-500"]}]
_LATER = [{"ip_protocol": "all"}]


@pytest.mark.parametrize(
    ("text", "written"),
    [("tcp:443", "tcp:443"), ("tcp:30000-32767", "tcp:30000-32767"), ("icmp", "icmp"), ("udp", "udp")],
)
def test_protocols_and_ports_are_read_as_they_are_written(text: str, written: str) -> None:
    """By the file, as findings write them again."""
    assert str(layer(text)) == written


def test_each_cloud_writes_protocols_in_its_own_way() -> None:
    """By number, or -1 for all; without ports for what has none."""
    assert list(google_layers({"layer4_configs": [{"ip_protocol": "6", "ports": ["22"]}]})) == [
        layer("tcp:22")
    ]
    assert aws_layer({"protocol": "-1", "from_port": 0, "to_port": 0}) == Layer("all")
    assert aws_layer({"ip_protocol": "udp", "from_port": 53, "to_port": 53}) == layer("udp:53")
    assert Layer("all").holds(layer("icmp"))
    assert not layer("tcp:443").holds(layer("tcp"))


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ([rule(10)], None),
        ([], "no rule of the firewall policy lets tcp:443 in from 10.20.0.0/24"),
        ([rule(10, disabled=True)], "no rule"),
        ([rule(10, firewall_policy="another")], "no rule"),
        ([rule(10, action="deny"), rule(20)], "R10 refuses tcp:443 from 10.20.0.0/24"),
        ([rule(10), rule(20, action="deny")], None),
        ([rule(10, match={"src_ip_ranges": ["10.20.0.0/25"], "layer4_configs": _WIDE})], "in from 10.20.0.128/25"),
        ([rule(10, match={"src_ip_ranges": ["10.99.0.0/16"], "layer4_configs": _WIDE})], "no rule"),
        ([rule(10, match={"src_fqdns": ["a.example.com"], "layer4_configs": _LATER})], "R10 matches by src_fqdns"),
        ([rule(10, target_secure_tags=[{"name": "t"}])], "R10 matches by target_secure_tags"),
        ([rule(10, target_service_accounts=["a"])], "no rule"),
        ([rule(10, action="deny", target_service_accounts=["a"]), rule(20)], "R10 refuses"),
        ([rule(10, match={"dest_ip_ranges": ["10.64.0.0/21"], "layer4_configs": _WIDE})], "no rule"),
        ([rule(10, match={})], "no rule"),
    ],
    ids=[
        "let in",
        "no rule",
        "switched off",
        "of another policy",
        "refused before",
        "refused after",
        "half of the callers",
        "others",
        "by name",
        "by tag",
        "to some machines",
        "refused at some machines",
        "to half of the machines",
        "nothing",
    ],
)  # fmt: skip
def test_the_firewall_policy_is_asked_in_order(rules: list[Any], reason: str | None) -> None:
    """Every part of the callers has to be let in to every machine before anything refuses them."""
    found = held_back(stack(*ASSOCIATED, *rules), way(CALLERS, MACHINES))

    assert bool(found) == bool(reason)
    assert (reason or "") in "".join(found)


def test_a_range_of_ports_is_let_in_as_a_whole_or_not() -> None:
    """A rule for one of them is not one for all."""
    assert held_back(stack(*ASSOCIATED, rule(10)), way(CALLERS, MACHINES, "tcp:443-444"))
    assert not held_back(stack(*ASSOCIATED, rule(10)), way(CALLERS, MACHINES, "tcp:443-443"))


def test_what_goes_out_of_google_cloud_is_free_until_a_rule_refuses() -> None:
    """As every network there is at first."""
    out = way(MACHINES, CALLERS)
    refusing = rule(10, direction="EGRESS", action="deny", match={"layer4_configs": _LATER})

    assert held_back(stack(*ASSOCIATED), out) == []
    assert "R10 refuses" in "".join(held_back(stack(*ASSOCIATED, refusing), out))


def test_a_rule_for_the_nodes_of_a_cluster_is_one_for_its_pools() -> None:
    """All of them: pools may have accounts of their own."""
    nodes = end(Kind.GKE_NODES, "10.64.0.0/20", name="c")
    cluster = ("google_container_cluster.C", {"name": "c"})

    def pool(name: str, account: str) -> tuple[str, dict[str, Any]]:
        config = {"service_account": account}
        return f"google_container_node_pool.{name}", {
            "cluster": "${google_container_cluster.C.id}",
            "node_config": config,
        }

    one = [cluster, pool("A", "a"), *ASSOCIATED, rule(10, target_service_accounts=["a"])]

    assert held_back(stack(*one), way(CALLERS, nodes)) == []
    assert held_back(stack(*one, pool("B", "b")), way(CALLERS, nodes))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Kind.GKE_API, "no Kubernetes API of GKE cluster c (172.16.0.0/28) is made here"),
        (Kind.EKS_API, "no Kubernetes API of EKS cluster c (172.16.0.0/28) is made here"),
        (Kind.BASTION, "no security group that is made here lets no tcp:443 in from 10.20.0.0/24"),
    ],
)
def test_what_is_not_made_lets_nobody_in(kind: Kind, reason: str) -> None:
    """Of another name, or not at all."""
    assert reason in held_back(stack(), way(CALLERS, end(kind, "172.16.0.0/28", name="c")))


def test_the_public_endpoint_of_eks_lets_in_its_own_ranges() -> None:
    """Whatever its security group says."""
    people = end(Kind.INTERNET, "198.51.100.0/24", name=PUBLIC)
    asked = way(people, end(Kind.EKS_API, "10.0.0.0/24", name="c"))

    def eks(**config: Any) -> tuple[str, dict[str, Any]]:
        return "aws_eks_cluster.C", {"name": "c", "vpc_config": config}

    assert (
        held_back(stack(eks(endpoint_public_access=True, public_access_cidrs=["198.51.100.0/24"])), asked)
        == []
    )
    assert held_back(
        stack(eks(endpoint_public_access=True, public_access_cidrs=["198.51.100.0/25"])), asked
    ) == ["the public endpoint of aws_eks_cluster.C does not let in 198.51.100.128/25"]
    assert held_back(stack(eks(public_access_cidrs=["198.51.100.0/24"])), asked)
    assert held_back(stack(("aws_eks_cluster.C", {"name": "c"})), asked)


@pytest.mark.parametrize(("everywhere", "count"), [(True, 0), (False, 1)])
def test_an_api_answers_other_regions_where_it_says_so(*, everywhere: bool, count: int) -> None:
    """Through a VPN that ends there, packets come from another region."""
    private = {
        "master_ipv4_cidr_block": "172.16.0.0/28",
        "master_global_access_config": {"enabled": everywhere},
    }
    allowed = {"cidr_blocks": [{"cidr_block": "10.20.0.0/24"}]}
    cluster = {"name": "c", "location": "europe-north1", "private_cluster_config": private}
    made = stack(
        ("google_container_cluster.C", {**cluster, "master_authorized_networks_config": allowed}),
        ("google_compute_vpn_tunnel.T", {"region": "europe-west1"}),
        ("google_compute_vpn_tunnel.U", {"region": "europe-north1"}),
    )

    assert len(held_back(made, way(CALLERS, end(Kind.GKE_API, "172.16.0.0/28", name="c")))) == count


def test_rules_of_their_own_are_rules_of_their_group() -> None:
    """In and out, by range and by group."""
    api = end(Kind.EKS_API, "10.0.0.0/24", name="c")
    group, others = "aws_security_group.G", "aws_security_group.O"
    resources: list[tuple[str, dict[str, Any]]] = [
        (
            "aws_eks_cluster.C",
            {
                "name": "c",
                "vpc_config": {"endpoint_private_access": True, "security_group_ids": [f"${{{group}.id}}"]},
            },
        ),
        (group, {}),
        (others, {}),
        (
            "aws_vpc_security_group_ingress_rule.R",
            {
                "security_group_id": f"${{{group}.id}}",
                "cidr_ipv4": "10.20.0.0/24",
                "ip_protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
            },
        ),
        (
            "aws_vpc_security_group_ingress_rule.Other",
            {"security_group_id": f"${{{others}.id}}", "cidr_ipv4": "0.0.0.0/0", "ip_protocol": "-1"},
        ),
    ]

    assert held_back(stack(*resources), way(CALLERS, api)) == []
    assert held_back(stack(*resources), way(end(Kind.DATA_CENTER, "10.21.0.0/24"), api)) == [
        "aws_security_group.G lets no tcp:443 in from 10.21.0.0/24"
    ]
    assert list(unasked([stack(*resources)])) == []  # of a VPC that is made elsewhere
    [(place, message)] = unasked([stack(*resources, ("aws_vpc.V", {}))])
    assert place.address == "aws_vpc_security_group_ingress_rule.R"
    name, body = resources[0]
    elsewhere = {**body, "vpc_config": {**body["vpc_config"], "subnet_ids": ["subnet-1"]}}
    beside = [(name, elsewhere), *resources[1:], ("aws_vpc.V", {})]
    assert list(unasked([stack(*beside)])) == []  # in a VPC that exists
    assert message.startswith("lets tcp:443 in from 10.20.0.0/24, which nothing in the environment's file")


def test_an_opening_is_asked_for_by_a_way_that_nobody_here_knows() -> None:
    """A VPN that is made elsewhere brings data centers all the same."""
    made = stack(*ASSOCIATED, rule(10), ways=[way(end(Kind.DATA_CENTER, "10.0.0.0/8"), MACHINES)])

    assert list(unasked([made])) == []
    assert len(list(unasked([stack(*ASSOCIATED, rule(10))]))) == 1


def test_an_opening_that_is_wider_than_its_ways_is_found() -> None:
    """With the ranges and the ports that nothing asks for."""
    wide = rule(10, match={"src_ip_ranges": ["10.20.0.0/23"], "layer4_configs": [{"ip_protocol": "tcp", "ports": ["443-450"]}, {"ip_protocol": "all"}]})  # fmt: skip
    asked = [way(end(Kind.DATA_CENTER, "10.20.0.0/24"), MACHINES, "tcp:443", "tcp:445", "udp:53")]

    assert [message.rpartition(";")[0] for _, message in unasked([stack(*ASSOCIATED, wide, ways=asked)])] == [
        "lets tcp:443-450 in from 10.20.1.0/24, which nothing in the environment's file asks for",
        "lets tcp:443-450 in, and nothing in the environment's file asks for tcp:444, tcp:446-450",
        "lets all in from 10.20.1.0/24, which nothing in the environment's file asks for",
        "lets all in, and nothing in the environment's file asks for all",
    ]


def _zone(domain: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    return f"google_dns_managed_zone.{domain.replace('.', '-')}z", {
        "dns_name": domain,
        "visibility": "private",
        **arguments,
    }


def _record(name: str, type_: str, zone: str, *data: str) -> tuple[str, dict[str, Any]]:
    return f"google_dns_record_set.{name.replace('.', '-').replace('*', 'any')}{type_}", {
        "name": name,
        "type": type_,
        "rrdatas": list(data),
        "managed_zone": f"${{google_dns_managed_zone.{zone.replace('.', '-')}z.name}}",
    }


def test_names_are_answered_by_the_longest_zone() -> None:
    """And by its wildcard at any depth; a public zone answers nobody inside."""
    made = stack(
        _zone("com."),
        _zone("a.com."),
        _zone("b.com.", visibility="public"),
        _record("*.com.", "A", "com.", "10.0.0.1"),
        _record("*.a.com.", "CNAME", "a.com.", "x.com."),
    )

    assert addresses(made, "deep.in.a.com.") == list(ranges("10.0.0.1/32"))
    assert addresses(made, "y.b.com.") == list(ranges("10.0.0.1/32"))
    assert addresses(made, "a.org.") == []
    assert list(astray(made, ("x.com", "x.org"), ranges("10.0.0.0/30"))) == [
        "no private zone answers for x.org"
    ]
    assert list(astray(made, ("x.com",), ranges("10.1.0.0/30"))) == ["x.com leads to 10.0.0.1"]


def test_an_alias_of_itself_is_no_answer() -> None:
    """Nobody goes round for ever."""
    assert addresses(stack(_zone("com."), _record("*.com.", "CNAME", "com.", "a.com.")), "a.com.") == []


def test_a_zone_without_the_name_answers_nothing() -> None:
    """Its records are of others."""
    assert addresses(stack(_zone("com."), _record("b.com.", "A", "com.", "10.0.0.1")), "a.com.") == []
