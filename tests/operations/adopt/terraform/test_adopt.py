"""``hybrid adopt terraform`` from states to files, with recognizers of a small estate of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from operations.adopt.terraform import adopt
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found
from operations.adopt.terraform.order import Recognized
from operations.cli import main
from tests.operations.adopt.terraform.states import resource, state, written

ORGANIZATION = "{name: nk, domain: nk.no, promotion: [lab]}\n"
FILE = "# ours\nenvironment: lab\nstate: {gcs: {bucket: nk-lab-tfstate}}\n"
NETWORK = {
    "name": "nk-lab-network",
    "project": "nk-lab-host",
    "id": "projects/nk-lab-host/global/networks/nk-lab-network",
    "auto_create_subnetworks": False,
    "routing_mode": "REGIONAL",
    "network_firewall_policy_enforcement_order": "AFTER_CLASSIC_FIREWALL",
}
SUBNET = {
    "name": "nk-lab-gke",
    "project": "nk-lab-host",
    "region": "europe-north1",
    "network": NETWORK["id"],
    "ip_cidr_range": "10.64.0.0/20",
    "description": "by hand",
}
ROUTE = {
    "name": "nk-lab-google-apis",
    "project": "nk-lab-host",
    "network": NETWORK["id"],
    "dest_range": "1.2.3.0/24",
}
BUCKET = {"name": "b", "id": "b"}
GATEWAY = "default-internet-gateway"
ADDRESSES = ("google_compute_network.Network_1C6012B5", "google_compute_subnetwork.Subnets_gke_6686B1D1")


def recognize_google(found: Found, draft: Draft) -> None:
    """Put a host project with a network."""
    draft.put(("google", "host_project"), {"id": "nk-lab-host", "number": 738201945562})
    draft.put(("google", "region"), "europe-north1")
    for one in found.of("google_compute_network"):
        draft.put(("google", "network", "private_google_access"), "restricted", one)
    for one in found.of("google_compute_subnetwork"):
        path = ("google", "network", "subnets", one.text("name").removeprefix("nk-lab-"))
        draft.put(path, {"cidr": one.text("ip_cidr_range")}, one)
        draft.leave(one, "note", "has no place", "leave it out")
    for one in found.of("google_compute_firewall"):
        draft.leave(one, "", "has no place", "leave it out")
    draft.notes.append("the network is shared")


def other_state(route: dict[str, Any] = ROUTE) -> dict[str, Any]:
    """The state of the other Terraform."""
    old = resource("google_compute_router.old", {})
    old["instances"][0]["deposed"] = "1a2b"
    return state(
        resource("google_compute_network.main", NETWORK, module="module.net"),
        resource("google_compute_subnetwork.main", SUBNET, module="module.net", keys=("gke",)),
        resource("google_compute_route.apis", route),
        resource("google_compute_firewall.f", {"name": "f"}),
        resource("google_storage_bucket.b", BUCKET),
        old,
    )


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An estate with an empty environment, in the folder that the command runs in."""
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/organization.yaml").write_text(ORGANIZATION)
    (tmp_path / "environments/lab.yaml").write_text(FILE)
    (tmp_path / "cdktf.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(adopt, "RECOGNIZERS", (Recognized((), ("google",), recognize_google),))
    written(tmp_path, other_state())
    return tmp_path


def made_of(resources: Mapping[str, Any]) -> dict[str, Any]:
    """A synthesized stack of some resources."""
    return {
        "resource": {
            type_: {
                name: {**body, "//": {"metadata": {"path": f"lab/{name}"}}} for name, body in some.items()
            }
            for type_, some in resources.items()
        }
    }


def told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, list[str]]:
    """Run the command; returns exit code, standard output and the lines of standard error."""
    code = main(["adopt", "terraform", *arguments, "--into", "lab"])
    shown = capsys.readouterr()
    return code, shown.out, shown.err.splitlines()


def test_states_are_shown_as_an_environment(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would be replaced gets no entry, and ends with 3; what these files cannot say is kept."""
    code, out, lines = told("0.tfstate", capsys=capsys)

    assert code == 3
    assert (place / "environments/lab.yaml").read_text() == FILE
    assert [line for line in out.splitlines() if line.startswith("+") and "{" in line] == [
        f"+  - {{to: {ADDRESSES[0]}, id: {NETWORK['id']}}}",
        f"+  - {{to: {ADDRESSES[1]}, id: projects/nk-lab-host/regions/europe-north1/subnetworks/nk-lab-gke}}",
        f"+  - {{at: {ADDRESSES[1]}, attributes: [description]}}",
        "+  host_project: {id: nk-lab-host, number: 738201945562}",
        "+  network: {private_google_access: restricted, subnets: {gke: {cidr: 10.64.0.0/20}}}",
    ]
    start, end = lines.index("note: the network is shared"), lines.index("next, in this order:")
    assert [line for line in lines[start:end] if not line.startswith("  new: ")] == [
        "note: the network is shared",
        "not carried over:",
        '  0.tfstate: module.net.google_compute_subnetwork.main["gke"]: note: has no place; leave it out',
        "  0.tfstate: google_compute_firewall.f: has no place; leave it out",
        "  0.tfstate: google_compute_router.old: is deposed, waiting to be destroyed",
        "not recognized, so left to the other Terraform:",
        "  0.tfstate: google_storage_bucket.b",
        "what the first plan of lab would do:",
        "  google_compute_route.Network_GoogleApis_72DD9DC1 (0.tfstate: google_compute_route.apis): replaced if imported, so not imported",
        "      description: nothing -> Google's APIs at restricted.googleapis.com, which never l... (stays, its changes are ignored)",
        "      dest_range: 1.2.3.0/24 -> 199.36.153.4/30 (replaces)",
        "      next_hop_gateway: nothing -> default-internet-gateway (not known before a plan)",
        f"  {ADDRESSES[0]} (0.tfstate: module.net.google_compute_network.main): changed in place",
        "      routing_mode: REGIONAL -> GLOBAL (in place)",
        f'  {ADDRESSES[1]} (0.tfstate: module.net.google_compute_subnetwork.main["gke"]): changed in place',
        '      log_config: nothing -> {"aggregation_interval": "INTERVAL_5_MIN", "flow_sampling... (in place)',
        "      private_ip_google_access: nothing -> true (in place)",
        "      send_secondary_ip_range_if_empty: nothing -> true (in place)",
        "      description: by hand -> nothing (stays, its changes are ignored)",
        "  in all: 2 changed in place, 1 replaced if imported, so not imported, 19 new",
    ]
    assert lines[end + 1].endswith("write it: give --write too")


def test_a_state_that_comes_over_whole_has_nothing_left(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No heading without a line below it."""

    def whole(found: Found, draft: Draft) -> None:
        recognize_google(found, draft)
        draft.left.clear()

    monkeypatch.setattr(adopt, "RECOGNIZERS", (Recognized((), ("google",), whole),))
    written(
        place,
        state(
            resource("google_compute_network.main", NETWORK),
            resource("google_compute_subnetwork.main", SUBNET),
        ),
    )

    code, _, lines = told("0.tfstate", capsys=capsys)

    assert code == 0
    assert [line for line in lines if line.startswith("not ")] == []


def test_what_is_written_is_an_estate_that_synthesizes(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries and file; a second run has nothing to add, and says what stands there otherwise."""
    written(place, other_state(route={**ROUTE, "dest_range": "199.36.153.4/30", "next_hop_gateway": GATEWAY}))

    code, _, lines = told("0.tfstate", "--write", capsys=capsys)

    assert code == 0
    assert "environments/lab.yaml written" not in lines
    assert (place / "environments/lab.yaml").read_text().startswith(FILE + "\ngoogle:\n")
    assert (
        "- {to: google_compute_route.Network_GoogleApis"
        in (place / "environments/refactoring/lab.yaml").read_text()
    )
    assert main(["synth", "lab"]) == 0
    stack = json.loads((place / "cdktf.out/stacks/lab/cdk.tf.json").read_text())
    type_, _, name = ADDRESSES[1].partition(".")
    assert stack["resource"][type_][name]["lifecycle"]["ignore_changes"] == ["description"]
    capsys.readouterr()
    (place / "environments/lab.yaml").write_text(
        (place / "environments/lab.yaml").read_text().replace("restricted", "private")
    )
    monkeypatch.setattr(adopt, "_stacks", lambda *_: {"lab": stack})

    code, out, lines = told("0.tfstate", "--write", capsys=capsys)

    assert (code, out) == (0, "environments/lab.yaml stays as it is\n")
    assert (
        "note: google.network.private_google_access stays private as the file says, where a state says restricted"
        in lines
    )


def test_what_stands_in_the_way_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another entry for an address; one that keeps something else; nothing is written."""
    type_, _, name = ADDRESSES[1].partition(".")
    (place / "environments/refactoring").mkdir()
    (place / "environments/refactoring/lab.yaml").write_text(
        f"import: [{{to: {ADDRESSES[0]}, id: other}}]\nkept: [{{at: {ADDRESSES[1]}, attributes: [role]}}, {{at: aws_vpc.V, attributes: [a]}}]\n"
    )
    body = {
        "name": "nk-lab-gke",
        "project": "nk-lab-host",
        "region": "europe-north1",
        "network": "nk-lab-network",
    }
    network = {key: value for key, value in NETWORK.items() if key != "id"}
    stack = made_of(
        {
            type_: {name: {**body, "ip_cidr_range": "10.64.0.0/20"}},
            "google_compute_network": {ADDRESSES[0].partition(".")[2]: network},
        }
    )
    monkeypatch.setattr(adopt, "_stacks", lambda *_: {"lab": stack})

    code, out, lines = told("0.tfstate", "--write", capsys=capsys)

    assert (code, out) == (2, "")
    assert lines[:-1] == [
        "synthesizing lab to compare it with the states",
        f"environments/refactoring/lab.yaml: holds an entry for {ADDRESSES[0]} already, which is to take {NETWORK['id']} in; "
        "take that entry out, `hybrid settle` does when it is spent",
        "environments/refactoring/lab.yaml: kept[0].attributes: must keep description too, which another value would replace; "
        "add it",
    ]
    assert (place / "environments/lab.yaml").read_text() == FILE


def test_what_no_import_takes_moves_with_its_state(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the state's copies, before the other Terraform forgets the rest; no secret is shown."""
    tunnel = {
        "name": "t",
        "project": "nk-lab-host",
        "region": "r",
        "shared_secret": "never-shown",
        "ike_version": 2,
    }
    key = {"key_name": "k", "key_type": "rsa"}
    made = {
        "google_compute_vpn_tunnel": {"T": {**tunnel, "shared_secret": "${var.key}"}},
        "aws_key_pair": {"K": {**key, "public_key": "ssh-ed25519 AAAA"}},
        "aws_vpc": {"V": {"cidr_block": "10.0.0.0/16"}},
        "vsphere_folder": {"F": {"path": "/f", "datacenter_id": "${data.vsphere_datacenter.D.id}"}},
    }
    monkeypatch.setattr(adopt, "_stacks", lambda *_: {"lab": made_of(made)})
    router = resource("google_compute_router.r", {"name": "r", "project": "nk-lab-host", "region": "r"})
    one = state(resource("google_compute_vpn_tunnel.t", tunnel, module="module.vpn"), router)
    other = state(
        resource("aws_key_pair.k", key),
        resource("aws_vpc.v", {"id": "vpc-1", "cidr_block": "10.0.0.0/16"}),
        resource("vsphere_folder.f", {"path": "/f"}),
    )
    written(place, one, other)

    code, out, lines = told("0.tfstate", "1.tfstate", capsys=capsys)

    assert code == 0, lines
    assert "never-shown" not in out + "".join(lines)
    assert "      no API gives shared_secret back, so an import would replace it" in lines
    assert "      no import takes it" in lines
    assert (
        "  0.tfstate: google_compute_router.r: has no gateway or tunnel that is taken over; keep it in the other Terraform"
        in lines
    )
    assert not [line for line in lines if line.startswith("not recognized")]
    assert "  of AWS, what the environment leaves unsaid is not compared; a plan shows it" in lines
    assert [line.partition("$ ")[2] for line in lines if line.startswith("     $ ")] == [
        "hybrid policy",
        "hybrid synth lab",
        "cd cdktf.out/stacks/lab && terraform init && terraform plan",
        "terraform state pull > before-moving-in-1.tfstate",
        "terraform state pull > before-moving-in-2.tfstate",
        "terraform -chdir=OTHER state pull > other.tfstate",
        "terraform -chdir=ROOT/cdktf.out/stacks/lab state pull > lab.tfstate",
        "cp other.tfstate other.before.tfstate && cp lab.tfstate lab.before.tfstate",
        "terraform state mv -state=other.tfstate -state-out=lab.tfstate module.vpn.google_compute_vpn_tunnel.t google_compute_vpn_tunnel.T",
        "terraform state mv -state=other.tfstate -state-out=lab.tfstate aws_key_pair.k aws_key_pair.K",
        "terraform state mv -state=other.tfstate -state-out=lab.tfstate vsphere_folder.f vsphere_folder.F",
        "terraform -chdir=OTHER state push $PWD/other.tfstate",
        "terraform -chdir=ROOT/cdktf.out/stacks/lab state push $PWD/lab.tfstate",
        "rm other.tfstate other.before.tfstate lab.tfstate lab.before.tfstate  # they hold secrets; once the next plan is right",
        "terraform state rm aws_vpc.v",
        "cd cdktf.out/stacks/lab && terraform apply",
        "hybrid settle lab --write",
    ]


def test_a_state_that_is_empty_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to move in."""
    written(place, state())

    assert main(["adopt", "terraform", "0.tfstate", "--into", "lab"]) == 2
    assert "0.tfstate: holds no object that Terraform manages" in capsys.readouterr().err
    assert json.loads((place / "0.tfstate").read_text())["resources"] == []
