"""What BGP sessions take from their other end, in the stacks of environments with VPNs."""

from __future__ import annotations

from pathlib import Path

from tests.model.vmware.documents import changed
from tests.model.vpn.documents import GOOGLE, VPN
from tests.stacks.sections.test_vpn import ALONE, FIELDS, INTERFACES, PEERS, by_address, by_name
from tests.stacks.test_environment_stack import synthesize
from tests.synth import Synthesized

POLICIES = "google_compute_router_route_policy"


def policies(found: Synthesized) -> dict[str, list[tuple[str, str]]]:
    """What each import policy does with which routes, in its order, by name without the digest."""
    return {
        name.rpartition("-")[0]: [
            (term["match"]["expression"], term["actions"][0]["expression"])
            for term in sorted(body["terms"], key=lambda term: int(term["priority"]))
        ]
        for name, body in by_name(found, POLICIES).items()
    }


def test_sessions_take_listed_ranges_and_drop_the_rest(tmp_path: Path) -> None:
    """Routes to parts of them too; a firewall that passes on what it learned elsewhere is not listened to."""
    found = synthesize(tmp_path, **FIELDS)

    rest = ("destination.inAnyRange(prefix('0.0.0.0/0').orLonger())", "drop()")
    assert policies(found) == {
        "onprem-import": [
            *(
                (f"destination.inAnyRange(prefix('{prefix}').orLonger())", "accept()")
                for prefix in sorted(GOOGLE["network"]["onprem_prefixes"])
            ),
            rest,
        ],
        "aws-import": [("destination.inAnyRange(prefix('10.0.0.0/16').orLonger())", "accept()"), rest],
    }
    for vpn in ("onprem", "aws"):
        [address] = [
            address
            for name, (address, _) in by_address(found, POLICIES).items()
            if name.startswith(f"kl-dev-vpn-{vpn}-")
        ]
        named = [
            peer["import_policies"] for key, peer in by_name(found, PEERS).items() if key.startswith(vpn)
        ]
        assert named == [[f"${{{address}.name}}"]] * len(named)


def test_another_range_is_another_policy_before_the_old_one_goes(tmp_path: Path) -> None:
    """The provider replaces a policy for its terms, and one that a session names cannot go."""
    more = changed(GOOGLE, network__onprem_prefixes=[*GOOGLE["network"]["onprem_prefixes"], "10.99.0.0/16"])

    before = synthesize(tmp_path / "before", google=GOOGLE, vpn=ALONE)
    after = synthesize(tmp_path / "after", google=more, vpn=ALONE)

    one, other = before.one(POLICIES), after.one(POLICIES)
    assert one["name"] != other["name"]
    assert before.address(POLICIES) == after.address(POLICIES)
    assert one["lifecycle"]["create_before_destroy"] is other["lifecycle"]["create_before_destroy"] is True


def test_another_order_of_terms_replaces_no_policy(tmp_path: Path) -> None:
    """Google may answer another one, and a policy that is replaced under its own name is deleted with the old one."""
    found = synthesize(tmp_path, google=GOOGLE, vpn=ALONE)

    assert found.one(POLICIES)["lifecycle"]["ignore_changes"] == ["terms"]


def test_a_router_is_changed_by_one_policy_after_the_other_and_by_interfaces_then(tmp_path: Path) -> None:
    """The provider has a lock for interfaces and sessions of a router, and none for its policies."""
    found = synthesize(tmp_path, **FIELDS)

    policies_by_vpn = {
        name.removeprefix("kl-dev-vpn-").partition("-")[0]: address
        for name, (address, _) in by_address(found, POLICIES).items()
    }
    onprem, aws = policies_by_vpn["onprem"], policies_by_vpn["aws"]
    bodies = {f"{POLICIES}.{address}": body for address, body in found.resources(POLICIES).items()}
    assert "depends_on" not in bodies[onprem]
    assert bodies[aws]["depends_on"] == [onprem]
    assert {tuple(one["depends_on"]) for one in found.resources(INTERFACES).values()} == {(onprem, aws)}


def test_nothing_waits_where_everything_is_taken(tmp_path: Path) -> None:
    """There is no policy then."""
    found = synthesize(tmp_path, google=GOOGLE, vpn=changed(ALONE, onprem__accepts="everything"))

    assert POLICIES not in found.counts()
    assert not [one for one in found.resources(INTERFACES).values() if "depends_on" in one]


def test_a_vpn_may_take_everything(tmp_path: Path) -> None:
    """Where its file says so, and then the other one is bounded all the same."""
    found = synthesize(tmp_path, **{**FIELDS, "vpn": changed(VPN, onprem__accepts="everything")})

    assert list(policies(found)) == ["aws-import"]
    assert {key for key, peer in by_name(found, PEERS).items() if "import_policies" in peer} == {
        "aws-a-tunnel1",
        "aws-a-tunnel2",
        "aws-b-tunnel1",
        "aws-b-tunnel2",
    }
