"""What hybrid check says of VPNs: what they are, what they survive, which keys they take."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

import pytest

from estate.derived.google.roles import host_roles
from estate.derived.share import shares
from estate.facts.google.transit import ASK
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from operations.check.opening import Opening
from operations.check.openings import openings
from operations.check.report import print_report, report_json
from operations.check.vpn_openings import vpn_openings
from tests.model.aws.eks_documents import AWS as AWS_WITH_EKS
from tests.model.google.documents import GOOGLE
from tests.model.vmware.documents import SECTION, changed
from tests.model.vpn.documents import ENVIRONMENT, ONE_ADDRESS, ONE_DEVICE
from tests.operations.cards.asking import contents, steps, warnings


def estate(**changes: Any) -> Estate:
    """An estate of the one environment, changed at these places."""
    organization = Organization(name="kl", domain="example.com", promotion=("dev",))
    return Estate(organization, {"dev": Environment.model_validate(changed(ENVIRONMENT, **changes))})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            {
                "vpn": "AS 64521, passes traffic between onprem and aws",
                "vpn.onprem": "to AS 65010, two devices, 2 tunnels, 99.99 %",
                "vpn.aws": "to AS 64531, a transit gateway, 4 tunnels, 99.99 %",
            },
        ),
        ({"vpn__transit": False}, {"vpn": "AS 64521, passes no traffic between onprem and aws"}),
        (
            {"vpn__aws": None, "vpn__transit": None, "vpn__onprem": ONE_DEVICE},
            {
                "vpn": "AS 64521",
                "vpn.onprem": "to AS 65010, one device with two addresses, 2 tunnels, 99.99 %",
            },
        ),
        (
            {"vpn__onprem__tunnels__b": None, "vpn__onprem__redundancy": "none"},
            {"vpn.onprem": "to AS 65010, two devices, 1 tunnel, 99.9 %"},
        ),
    ],
    ids=["both", "apart", "on-prem alone", "one tunnel"],
)
def test_every_vpn_is_listed(changes: dict[str, Any], expected: dict[str, str]) -> None:
    """What a person wants to know of it at a glance."""
    found = {row.path: row.summary for row in contents(estate(**changes).environments["dev"])}

    assert {path: found[path] for path in expected} == expected


def test_says_what_is_left_when_a_part_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """One table a VPN, one row a part."""
    print_report(estate(vpn__onprem=ONE_DEVICE), ["dev"])

    printed = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    rows = {words[1]: [word.strip() for word in words[2:] if word] for words in printed if len(words) > 2}
    assert rows["device fw"] == ["0 of 2 tunnels left, no connection", "nothing"]
    assert rows["gateway interface 0"] == ["2 of 4 tunnels left, 99.9 %", "b-tunnel1, b-tunnel2"]
    assert rows["tunnel a"] == ["1 of 2 tunnels left, 99.9 %", "b"]


def test_says_it_to_machines_too() -> None:
    """With the same parts."""
    found = json.loads(report_json(estate(vpn__aws=None, vpn__transit=None), ["dev"]))

    vpn = found["environments"]["dev"]["vpn"]
    assert list(vpn) == ["onprem"]
    assert vpn["onprem"]["whole"]["availability"] == "99.99 %"
    assert vpn["onprem"]["failures"][3] == {
        "down": "device fw-b",
        "left": ["a"],
        "of": 2,
        "carrying": ["a"],
        "availability": "99.9 %",
    }
    assert json.loads(report_json(estate(vpn=None), ["dev"]))["environments"]["dev"]["vpn"] == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (
            {"vpn__onprem": ONE_ADDRESS},
            ["vpn.onprem survives everything but one device: losing device fw loses the VPN"],
        ),
        (
            {"vpn__onprem__tunnels__b": None, "vpn__onprem__redundancy": "none"},
            [
                "vpn.onprem says redundancy: none, 1 tunnel, 99.9 %: "
                "losing gateway interface 0 or device fw-a or tunnel a loses the VPN"
            ],
        ),
        (
            {"vpn__onprem__redundancy": "none"},
            [
                "vpn.onprem says redundancy: none, 2 tunnels, 99.99 %: "
                "it survives every single part all the same"
            ],
        ),
        (
            {"vpn__onprem__accepts": "everything", "vpn__aws__accepts": "everything"},
            [
                f"vpn.{key} accepts everything: whatever {end} advertises draws the network's traffic there, other "
                "environments' ranges and the way to the internet included"
                for key, end in (("onprem", "the on-prem side"), ("aws", "the transit gateway"))
            ],
        ),
    ],
    ids=["redundant", "one device", "one tunnel", "said in vain", "everything"],
)
def test_warns_of_what_one_failure_takes_down(changes: dict[str, Any], expected: list[str]) -> None:
    """It is allowed, and said aloud at every synth."""
    found = warnings(estate(**changes).environments["dev"])

    assert [text for text in found if text.startswith(("vpn.onprem", "vpn.aws"))] == expected


EKS: dict[str, Any] = {
    "google": GOOGLE,
    "fleet": {},
    "aws": {**AWS_WITH_EKS, "eks_clusters": {"aws": AWS_WITH_EKS["eks_clusters"]["cloud"]}},
}
DOOR = "aws.eks_clusters.aws.endpoint.private_from"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            [f"{DOOR} lets no cluster in from 10.64.0.0/20, 10.68.0.0/16, which the VPN to AWS leads to it"],
        ),
        ({"aws__eks_clusters__aws__endpoint__private_from": ["10.64.0.0/13", "10.30.0.0/16"]}, []),
        (
            {
                "vpn__transit": False,
                "aws__eks_clusters__aws__endpoint__private_from": ["10.64.0.0/13", "10.30.0.0/16"],
            },
            [f"{DOOR} lets in 10.30.0.0/16, which has no way there without vpn.transit"],
        ),
        ({"vpn__aws": None, "vpn__transit": None}, []),
        ({"aws": ENVIRONMENT["aws"]}, []),
    ],
    ids=["shut", "open", "open in vain", "no VPN", "no EKS"],
)
def test_warns_of_eks_clusters_that_nobody_reaches_through_the_vpn(
    changes: dict[str, Any], expected: list[str]
) -> None:
    """Whom they let in stands in the file, and so may say less than the VPN leads to it, or more."""
    environment = Environment.model_validate(changed(changed(ENVIRONMENT, **EKS), **changes))

    assert [text for text in warnings(environment) if "private_from" in text] == expected


def test_names_what_the_vpn_itself_needs_of_the_on_prem_firewalls() -> None:
    """IKE and IPsec between public addresses, BGP inside the tunnel."""
    found = list(vpn_openings(estate(vpn__transit=False).environments["dev"]))

    assert found[2:] == [
        Opening(
            "203.0.113.20",
            "interface 1 of the HA VPN gateway",
            "udp:500, udp:4500, esp",
            "IKE and IPsec of tunnel b, both ways (google_address in terraform output vpn_onprem)",
        ),
        Opening("169.254.21.6", "169.254.21.5", "tcp:179", "BGP inside tunnel b, both ways"),
    ]
    assert list(vpn_openings(estate(vpn=None).environments["dev"])) == []


def test_on_prem_firewalls_let_aws_through_where_it_is_joined() -> None:
    """To gateways in AWS, and from there to clusters on VMware; never at the mesh's port, which AWS has not."""
    closed = {"aws__eks_clusters__aws__endpoint__private_from": ["10.64.0.0/13"]}
    mesh = {"features": {"service_mesh": {"management": "manual"}}}
    document = changed(changed(ENVIRONMENT, **EKS), **closed, vmware=SECTION, fleet=mesh)
    apart = changed(document, vpn__transit=False)

    subnets = ", ".join(
        zone["private"] for _, zone in sorted(document["aws"]["management_vpc"]["zones"].items())
    )

    def rows(one: dict[str, Any]) -> list[tuple[str, ...]]:
        found = openings(Environment.model_validate(one))
        return [astuple(row) for row in found if subnets in row.source + row.target]

    # The private subnets alone: the others have no way to the transit gateway.
    assert rows(document) == [
        (
            f"10.64.0.0/20, 10.68.0.0/16, {subnets}",
            "10.21.0.200, 10.21.0.201-10.21.0.220",
            "tcp:443",
            "gateways of user cluster apps",
        ),
        (
            "10.20.21.0/24, 10.21.0.0/24, 10.30.0.0/16",
            subnets,
            "tcp:443",
            "gateways of EKS cluster aws, behind internal load balancers",
        ),
    ]
    assert rows(apart) == []


def test_names_the_variable_of_every_key() -> None:
    """And how to make one; nothing where there is no tunnel."""
    found = steps(estate(vpn__aws=None, vpn__transit=None), "dev")

    [(step, commands)] = [(step, commands) for step, commands in found.items() if "TF_VAR_" in step]
    assert step.endswith("TF_VAR_vpn_key_dev_onprem_a, TF_VAR_vpn_key_dev_onprem_b")
    assert commands == ("LC_ALL=C tr -dc A-Za-z1-9 </dev/urandom | head -c 48; echo",)
    assert not any("TF_VAR_" in text for text in steps(estate(vpn=None), "dev"))


def test_the_on_prem_team_is_told_what_to_set_up() -> None:
    """Its firewalls before, its devices once addresses are there; nothing without a VPN to it."""
    found = [command for commands in steps(estate(), "dev").values() for command in commands]
    without = [
        command
        for commands in steps(estate(vpn__onprem=None, vpn__transit=None), "dev").values()
        for command in commands
    ]

    ours = [
        "hybrid firewall dev --format markdown",
        "terraform -chdir=cdktf.out/stacks/dev output -raw vpn_onprem",
        "terraform -chdir=cdktf.out/stacks/dev output -raw dns_forwarders",
    ]
    assert [command for command in found if command in ours] == ours
    assert [command for command in without if command in ours] == []
    closed = steps(estate(google__network__inbound_dns=False), "dev")
    assert [step for step in closed if "forward Google's domains" in step] == []


def test_whoever_applies_may_have_logs_written() -> None:
    """AWS asks it of whoever switches the log on, and of nobody where there is none."""
    said = [
        sum("logs:CreateLogDelivery" in step for step in steps(estate(**changes), "dev"))
        for changes in ({"vpn__aws__log_retention_days": 365}, {})
    ]

    assert said == [1, 0]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("advertisements", ["hybrid prerequisites dev has the order of the move"]),
        ("both", ["both is the step of a move"]),
        ("hub", []),
    ],
)
def test_transit_by_advertisements_is_warned_of(by: str, said: list[str]) -> None:
    """It tells a side of the other that is gone; so does the step to a hub."""
    found = estate(vpn__transit_by=by).environments["dev"]

    told = [line for line in warnings(found) if line.startswith("vpn.transit")]
    assert [one in line for one, line in zip(said, told, strict=True)] == [True] * len(said)


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "hybrid plan dev"),
        ({"vpn__transit_by": "both"}, "hybrid plan dev"),
        ({"google__region": "europe-west3"}, ASK),
        ({"vpn__transit_by": "hub"}, None),
        ({"vpn__transit": False}, None),
    ],
    ids=["known", "half-way", "to be asked", "moved", "apart"],
)
def test_the_move_to_a_hub_is_printed(changes: dict[str, Any], first: str | None) -> None:
    """In two applies, with what asks Google where the region is not known to transfer data between sites."""
    orders = [
        commands
        for what, commands in steps(estate(**changes), "dev").items()
        if what.startswith("move transit to a hub")
    ]

    assert [commands[0] for commands in orders] == ([first] if first else [])
    assert all("gcloud compute routers get-status" in commands[-1] for commands in orders)


def test_what_is_taken_unseen_goes_through_the_hub() -> None:
    """Whatever one side advertises reaches the other."""
    changes = {"vpn__transit_by": "hub", "vpn__onprem__accepts": "everything"}

    assert any("and the hub passes it on" in line for line in warnings(estate(**changes).environments["dev"]))


def test_whoever_makes_a_hub_has_the_right_to() -> None:
    """And nobody else: the role is asked for with it."""
    for by, asked in (("advertisements", False), ("both", True)):
        found = estate(vpn__transit_by=by)
        environment = found.environments["dev"]
        assert environment.google is not None
        roles = host_roles(environment, environment.google, shares(found)["dev"])
        assert ("networkconnectivity.hubAdmin" in roles) is asked


def test_a_hub_is_said_where_the_sides_are_joined() -> None:
    """In the row of the router."""
    found = {row.path: row.summary for row in contents(estate(vpn__transit_by="hub").environments["dev"])}

    assert found["vpn"] == "AS 64521, passes traffic between onprem and aws, by a hub"
