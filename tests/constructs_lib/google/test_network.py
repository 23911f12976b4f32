"""The Shared VPC: network, subnets, NAT, firewall, names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs_lib.google.dns_policy import DnsPolicy
from constructs_lib.google.firewall_policy import FirewallPolicy
from constructs_lib.google.nat import Nat
from constructs_lib.google.private_dns import PrivateDns
from constructs_lib.google.proxy_subnet import ProxySubnet
from estate.derived.google.allows import Allow, allows
from estate.model.google.firewall import FirewallConfig
from estate.model.google.nat import NatConfig
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.google.proxy_subnet import ProxySubnetConfig
from tests.constructs_lib.google.defined import REGION, network, subnet, synthesize_google
from tests.model.google.documents import NETWORK, environment, with_
from tests.synth import Synthesized


def nat(tmp_path: Path, document: dict[str, Any], **options: Any) -> Synthesized:
    """A stack with the NAT of one region."""

    def define(stack: TerraformStack) -> None:
        config = NatConfig.model_validate(document)
        Nat(stack, "Nat", config=config, network=network(stack), region=REGION, **options)

    return synthesize_google(tmp_path, define)


def firewall(tmp_path: Path, openings: tuple[Allow, ...], **said: Any) -> Synthesized:
    """A stack with the firewall of a network."""

    def define(stack: TerraformStack) -> None:
        FirewallPolicy(
            stack,
            "Firewall",
            config=FirewallConfig.model_validate(said),
            allows=openings,
            network=network(stack),
            nodes={"cloud": "nodes@kl-dev-apps.iam.gserviceaccount.com"},
        )

    return synthesize_google(tmp_path, define)


def test_a_network_has_no_subnets_of_its_own_and_global_routes(tmp_path: Path) -> None:
    """What a VPN learns in one region serves all, and GKE's own rules come before the policy."""
    stack = synthesize_google(tmp_path, network)

    assert stack.one("google_compute_network") == {
        "project": "kl-dev-host",
        "name": "kl-dev-network",
        "auto_create_subnetworks": False,
        "routing_mode": "GLOBAL",
        "network_firewall_policy_enforcement_order": "AFTER_CLASSIC_FIREWALL",
        "lifecycle": {"prevent_destroy": True},
    }


@pytest.mark.parametrize(
    ("access", "cidr"), [("private", "199.36.153.8/30"), ("restricted", "199.36.153.4/30")]
)
def test_the_way_to_google_s_apis_is_said(tmp_path: Path, access: str, cidr: str) -> None:
    """So that a default route of the data centers does not take it along."""
    document = with_(NETWORK, "private_google_access", access)

    route = synthesize_google(tmp_path, lambda stack: network(stack, document)).one("google_compute_route")

    assert (route["dest_range"], route["next_hop_gateway"]) == (cidr, "default-internet-gateway")


def test_a_subnet_has_its_ranges_reaches_google_and_logs(tmp_path: Path) -> None:
    """A tenth of the flows unless somebody says otherwise."""
    stack = synthesize_google(tmp_path, lambda stack: subnet(stack, network(stack)))

    assert stack.one("google_compute_subnetwork") == {
        "project": "kl-dev-host",
        "name": "kl-dev-gke",
        "network": f"${{{stack.address('google_compute_network')}.id}}",
        "region": REGION,
        "ip_cidr_range": "10.64.0.0/20",
        "secondary_ip_range": [
            {"range_name": "pods", "ip_cidr_range": "10.68.0.0/16"},
            {"range_name": "services", "ip_cidr_range": "10.72.0.0/20"},
        ],
        "send_secondary_ip_range_if_empty": True,
        "private_ip_google_access": True,
        "log_config": {
            "aggregation_interval": "INTERVAL_5_MIN",
            "flow_sampling": 0.1,
            "metadata": "INCLUDE_ALL_METADATA",
        },
        "lifecycle": {"prevent_destroy": True},
    }


def test_ranges_that_stand_keep_their_names(tmp_path: Path) -> None:
    """A cluster knows its ranges by them."""
    document = with_(NETWORK, "subnets.gke.pods_name", "gke-pods")

    def define(stack: TerraformStack) -> None:
        place = subnet(stack, network(stack, document), document)
        assert (place.pods_range, place.services_range) == ("gke-pods", "services")

    ranges = synthesize_google(tmp_path, define).one("google_compute_subnetwork")["secondary_ip_range"]
    assert [one["range_name"] for one in ranges] == ["gke-pods", "services"]


def test_a_subnet_without_clusters_and_logs_says_nothing_of_them(tmp_path: Path) -> None:
    """Nothing is sent that would come back as a difference."""
    document = {"subnets": {"gke": {"cidr": "10.64.0.0/20", "flow_logs": {"sampling_percent": 0}}}}

    def define(stack: TerraformStack) -> None:
        subnet(stack, network(stack), document, prevent_destroy=False)

    found = synthesize_google(tmp_path, define).one("google_compute_subnetwork")

    assert not {"log_config", "secondary_ip_range"} & set(found)
    assert found["lifecycle"] == {"prevent_destroy": False}


def test_a_subnet_of_proxies_has_nothing_that_google_refuses_there(tmp_path: Path) -> None:
    """No logs, no further ranges, no way to Google's APIs of its own."""

    def define(stack: TerraformStack) -> None:
        config = ProxySubnetConfig.model_validate({"cidr": "10.73.0.0/23", "role": "backup"})
        name = config.name_in("kl", "dev", "internal")
        ProxySubnet(stack, "Proxies", config=config, network=network(stack), name=name, region=REGION)

    stack = synthesize_google(tmp_path, define)

    assert stack.one("google_compute_subnetwork") == {
        "project": "kl-dev-host",
        "name": "kl-dev-proxies-internal",
        "network": f"${{{stack.address('google_compute_network')}.id}}",
        "region": REGION,
        "ip_cidr_range": "10.73.0.0/23",
        "purpose": "REGIONAL_MANAGED_PROXY",
        "role": "BACKUP",
        "lifecycle": {"prevent_destroy": True},
    }


def test_groups_and_agents_use_a_subnet_and_no_other(tmp_path: Path) -> None:
    """On the subnet itself, one member at a time."""

    def define(stack: TerraformStack) -> None:
        place = subnet(
            stack, network(stack), with_(NETWORK, "subnets.gke.network_users", ["ops@example.com"])
        )
        place.grant_use("apps", {"Gke": "serviceAccount:a@b"}, ())

    found = synthesize_google(tmp_path, define).resources("google_compute_subnetwork_iam_member")

    assert {(body["role"], body["member"]) for body in found.values()} == {
        ("roles/compute.networkUser", "group:ops@example.com"),
        ("roles/compute.networkUser", "serviceAccount:a@b"),
    }


def test_nat_takes_addresses_as_it_needs_them(tmp_path: Path) -> None:
    """With a router that speaks no BGP, for every range of every subnet."""
    stack = nat(tmp_path, {})

    assert stack.one("google_compute_router_nat") == {
        "project": "kl-dev-host",
        "name": "kl-dev-nat-europe-north1",
        "region": REGION,
        "router": f"${{{stack.address('google_compute_router')}.name}}",
        "nat_ip_allocate_option": "AUTO_ONLY",
        "source_subnetwork_ip_ranges_to_nat": "ALL_SUBNETWORKS_ALL_IP_RANGES",
        "enable_endpoint_independent_mapping": False,
        "enable_dynamic_port_allocation": True,
        "min_ports_per_vm": 64,
        "max_ports_per_vm": 4096,
        "log_config": {"enable": True, "filter": "ERRORS_ONLY"},
    }
    assert "bgp" not in stack.one("google_compute_router")


def test_nat_keeps_addresses_that_others_let_in(tmp_path: Path) -> None:
    """Under their names, and protected."""
    stack = nat(tmp_path, {"addresses": ["a", "b"], "logs": "all"}, dependencies=[])

    addresses = stack.resources("google_compute_address")
    assert {body["name"] for body in addresses.values()} == {"kl-dev-nat-a", "kl-dev-nat-b"}
    assert all(body["lifecycle"] == {"prevent_destroy": True} for body in addresses.values())
    found = stack.one("google_compute_router_nat")
    assert (found["nat_ip_allocate_option"], found["log_config"]["filter"]) == ("MANUAL_ONLY", "ALL")
    assert len(found["nat_ips"]) == 2


def test_the_firewall_lets_in_its_table_and_refuses_the_rest(tmp_path: Path) -> None:
    """One rule an opening, protocols together, and the last one logs what it refuses."""
    stack = firewall(tmp_path, allows(environment()))

    rules = {
        body["rule_name"]: body
        for body in stack.resources("google_compute_network_firewall_policy_rule").values()
    }
    assert set(rules) == {"health-checks", "iap", "onprem", "gke-control-plane", "deny"}
    assert {name for name, body in rules.items() if "target_service_accounts" in body} == {
        "health-checks",
        "gke-control-plane",
    }
    for name in ("health-checks", "gke-control-plane"):
        assert rules[name]["target_service_accounts"] == ["nodes@kl-dev-apps.iam.gserviceaccount.com"]
    assert rules["gke-control-plane"]["match"] == {
        "src_ip_ranges": ["172.16.0.0/28"],
        "layer4_configs": [{"ip_protocol": "tcp", "ports": ["443", "10250", "8443", "9443", "15017"]}],
    }
    assert rules["onprem"]["match"]["layer4_configs"] == [
        {"ip_protocol": "icmp"},
        {"ip_protocol": "tcp", "ports": ["443"]},
    ]
    deny = rules["deny"]
    assert (deny["action"], deny["enable_logging"]) == ("deny", True)
    assert deny["priority"] > max(body["priority"] for name, body in rules.items() if name != "deny")
    assert len(stack.one("google_compute_network_firewall_policy_association")["depends_on"]) == len(rules)


def test_an_apply_that_leaves_a_rule_switched_off_fails(tmp_path: Path) -> None:
    """The provider does not send that a rule is on; the message has the command that switches it on."""
    stack = firewall(tmp_path, allows(environment()))

    rules = stack.resources("google_compute_network_firewall_policy_rule").values()
    assert {body["disabled"] for body in rules} == {False}
    for body in rules:
        [condition] = body["lifecycle"]["postcondition"]
        assert condition["condition"] == "${self.disabled != true}"
        assert condition["error_message"].startswith(f"Firewall rule {body['rule_name']} is switched off")
        assert condition["error_message"].endswith(
            f"gcloud compute network-firewall-policies rules update {body['priority']} "
            "--firewall-policy=kl-dev-firewall --global-firewall-policy --project=kl-dev-host --no-disabled"
        )


def test_all_of_a_protocol_is_more_than_one_of_its_ports(tmp_path: Path) -> None:
    """Whichever of the two is named first."""
    sources = allows(environment())[0].sources
    openings = tuple(
        Allow(key, priority, sources, (), ports, "for a test")
        for key, priority, ports in (("a", 1, ("tcp", "tcp:22")), ("b", 2, ("tcp:22", "tcp", "udp:53")))
    )

    stack = firewall(tmp_path, openings, log_denied=False)

    rules = {
        body["rule_name"]: body
        for body in stack.resources("google_compute_network_firewall_policy_rule").values()
    }
    assert rules["a"]["match"]["layer4_configs"] == [{"ip_protocol": "tcp"}]
    assert rules["b"]["match"]["layer4_configs"] == [
        {"ip_protocol": "tcp"},
        {"ip_protocol": "udp", "ports": ["53"]},
    ]
    assert rules["deny"]["enable_logging"] is False


def test_google_s_domains_lead_to_the_four_addresses(tmp_path: Path) -> None:
    """Every name of every zone, in this network only."""

    def define(stack: TerraformStack) -> None:
        PrivateDns(stack, "PrivateDns", config=PrivateGoogleAccess.RESTRICTED, network=network(stack))

    stack = synthesize_google(tmp_path, define)

    zones = stack.resources("google_dns_managed_zone").values()
    assert {(zone["dns_name"], zone["visibility"]) for zone in zones} == {
        (f"{domain}.", "private") for domain in ("gcr.io", "gke.goog", "googleapis.com", "pkg.dev")
    }
    records = {
        (body["name"], body["type"]): body["rrdatas"]
        for body in stack.resources("google_dns_record_set").values()
    }
    addresses = [f"199.36.153.{last}" for last in range(4, 8)]
    assert records[("restricted.googleapis.com.", "A")] == addresses
    assert records[("*.googleapis.com.", "CNAME")] == ["restricted.googleapis.com."]
    assert records[("pkg.dev.", "A")] == addresses
    assert records[("*.pkg.dev.", "CNAME")] == ["pkg.dev."]
    assert len(records) == 8


def test_name_servers_outside_may_ask_and_find_out_where(tmp_path: Path) -> None:
    """Cloud DNS chooses the addresses once the policy stands, so nothing is asked before."""
    found = []

    def define(stack: TerraformStack) -> None:
        policy = DnsPolicy(stack, "DnsPolicy", config=(REGION,), network=network(stack))
        found.append(policy.forwarders)

    stack = synthesize_google(tmp_path, define)

    assert stack.one("google_dns_policy")["enable_inbound_forwarding"] is True
    [(name, data)] = stack.data("google_compute_addresses").items()
    assert data["depends_on"] == [stack.address("google_dns_policy")]
    address = f"data.google_compute_addresses.{name}"
    assert found == [f'${{jsonencode({{"{REGION}" = {address}.addresses[*].address}})}}']
