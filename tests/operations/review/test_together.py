"""What several changes mean together: redundancy, versions, drift; and how changes are shown."""

from __future__ import annotations

from typing import Any

import pytest

from operations.review.review import headline
from tests.operations.review.reviewed import change, found, plan, reviewed

Json = dict[str, Any]


def _update(type_: str, before: Json, after: Json, **more: Any) -> Json:
    return change(f"{type_}.a", "update", before, after, **more)


_ID = "projects/p/regions/r/vpnGateways/g"
_LINK = f"https://www.googleapis.com/compute/v1/{_ID}"


def _tunnel(key: int, actions: str, interface: Any, gateway: Any = "g") -> Json:
    values = {"vpn_gateway": gateway, "vpn_gateway_interface": interface}
    kept = "create" not in actions.split()[:1]
    goes = actions in ("delete", "forget")
    return change(
        f"google_compute_vpn_tunnel.t{key}", actions, values if kept else None, None if goes else values
    )


@pytest.mark.parametrize(
    ("tunnels", "is_found"),
    [
        pytest.param([_tunnel(0, "no-op", 0), _tunnel(1, "delete", 1)], True, id="one left"),
        pytest.param([_tunnel(0, "no-op", 0), _tunnel(1, "forget", 1)], True, id="one no longer managed"),
        pytest.param(
            [_tunnel(0, "delete create", 0), _tunnel(1, "delete create", 1)], True, id="both at once"
        ),
        pytest.param(
            [_tunnel(0, "no-op", 0), _tunnel(1, "delete create", 1)], False, id="one after the other"
        ),
        pytest.param(
            [_tunnel(0, "no-op", 0), _tunnel(1, "delete", 1), _tunnel(2, "create", 1)],
            False,
            id="made anew under another name",
        ),
        pytest.param(
            [_tunnel(0, "no-op", 0, _LINK), _tunnel(1, "delete", 1, _LINK), _tunnel(2, "create", 1, _ID)],
            False,
            id="made anew under another name, with the id of the gateway",
        ),
        pytest.param(
            [_tunnel(0, "no-op", 0, "g"), _tunnel(1, "delete", 1, "g"), _tunnel(2, "create", 1, "h")],
            True,
            id="made anew at another gateway",
        ),
        pytest.param([_tunnel(0, "no-op", 0), _tunnel(1, "delete", 0)], False, id="never redundant"),
        pytest.param([_tunnel(0, "no-op", 0), _tunnel(1, "no-op", 1)], False, id="nothing happens"),
        pytest.param(
            [_tunnel(0, "no-op", 0), _tunnel(1, "delete", 1), _tunnel(2, "create", None)],
            False,
            id="new one of unknown place",
        ),
    ],
)
def test_loss_of_redundancy_is_found(tunnels: list[Json], is_found: bool) -> None:  # noqa: FBT001 - a case
    """A VPN must keep a tunnel on each of two interfaces, also while the apply runs."""
    assert ("vpn-one-interface" in found(plan(*tunnels))) is is_found


@pytest.mark.parametrize(
    ("type_", "values", "lost", "expected"),
    [
        ("aws_vpn_connection", {"transit_gateway_id": "t"}, "customer_gateway_id", "vpn-one-connection"),
        ("google_compute_router_peer", {"router": "r"}, "interface", "vpn-one-peer"),
        ("aws_nat_gateway", {}, "subnet_id", "nat-one-zone"),
    ],
)
def test_loss_of_other_redundancy_is_found(type_: str, values: Json, lost: str, expected: str) -> None:
    """Connections to AWS, sessions on a router, gateways of zones."""
    stays = change(f"{type_}.a", "no-op", {**values, lost: "1"}, {**values, lost: "1"})
    goes = change(f"{type_}.b", "delete", {**values, lost: "2"}, None)

    assert expected in found(plan(stays, goes))


_PATH = (
    ("google_compute_vpn_tunnel", {"vpn_gateway": "g"}, "vpn_gateway_interface"),
    ("google_compute_router_interface", {"router": "r"}, "vpn_tunnel"),
    ("google_compute_router_peer", {"router": "r", "peer_asn": 65010}, "interface"),
)


def _path(key: int, actions: str) -> list[Json]:
    """A tunnel with its interface and its BGP session."""
    return [
        change(f"{type_}.t{key}", actions, {**values, spread: key}, {**values, spread: key})
        for type_, values, spread in _PATH
    ]


def _other_session(key: int) -> Json:
    values = {"router": "r", "peer_asn": 64512, "interface": f"aws-{key}"}
    return change(f"google_compute_router_peer.aws{key}", "no-op", values, values)


def test_a_key_of_one_tunnel_is_rotated_while_the_other_carries_the_traffic() -> None:
    """Its path is down while the apply runs, which somebody has to know and nobody has to acknowledge."""
    rotation = plan(*_path(0, "delete create"), *_path(1, "no-op"), _other_session(0), _other_session(1))

    assert found(rotation) == {"tunnel-destroyed": "medium", "session-replaced": "medium"}


def test_keys_of_both_tunnels_at_once_are_an_outage() -> None:
    """Of this VPN, whose router talks to another one all the while."""
    rotation = plan(
        *_path(0, "delete create"), *_path(1, "delete create"), _other_session(0), _other_session(1)
    )

    assert found(rotation) == {
        "tunnel-destroyed": "medium",
        "session-replaced": "medium",
        "vpn-one-interface": "critical",
        "vpn-one-session": "high",
    }


def _cluster(before: str, after: str, **more: Any) -> Json:
    return _update(
        "google_gkeonprem_vmware_cluster",
        {"name": "c", "on_prem_version": before},
        {"name": "c", "on_prem_version": after, **more},
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1.34.1-gke.1", "1.35.0-gke.1", set()),
        ("1.34.1-gke.1", "1.34.2-gke.1", set()),
        ("1.34.1-gke.1", "1.36.0-gke.1", {"version-skips"}),
        ("1.35.0-gke.1", "1.34.9-gke.1", {"version-goes-back"}),
        ("latest", "1.34.9-gke.1", set()),
    ],
)
def test_version_goes_forward_one_minor_at_a_time(before: str, after: str, expected: set[str]) -> None:
    """For control planes; a version that is no number is not compared."""
    assert set(found(plan(_cluster(before, after)))) - {"version-changes"} == expected


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([_cluster("1.34.1-gke.1", "1.35.0-gke.1", description="x")], id="another attribute"),
        pytest.param(
            [
                _cluster("1.34.1-gke.1", "1.35.0-gke.1"),
                _update(
                    "google_gkeonprem_vmware_node_pool",
                    {"vmware_cluster": "c", "on_prem_version": "1"},
                    {"vmware_cluster": "c", "on_prem_version": "2"},
                ),
            ],
            id="a pool's version",
        ),
        pytest.param(
            [
                _cluster("1.34.1-gke.1", "1.35.0-gke.1"),
                change("google_gkeonprem_vmware_node_pool.p", "create", None, {"vmware_cluster": "c"}),
            ],
            id="a new pool",
        ),
    ],
)
def test_version_changes_alone(others: list[Json]) -> None:
    """One call carries all changes of a cluster, and the service refuses it."""
    assert found(plan(*others))["version-mixed"] == "high"


def test_version_in_a_block_is_compared() -> None:
    """Some resources keep it deeper."""
    before, after = ({"name": "c", "control_plane": [{"version": f"1.{minor}.0"}]} for minor in (31, 33))

    rules = found(plan(_update("google_container_aws_cluster", before, after)))

    assert rules == {"version-changes": "medium", "version-skips": "high"}


def test_change_without_a_version_is_not_mixed() -> None:
    """Nor is one in another cluster."""
    elsewhere = change("google_gkeonprem_vmware_node_pool.p", "create", None, {"vmware_cluster": "d"})

    assert "version-mixed" not in found(plan(_cluster("1.34.1-gke.1", "1.35.0-gke.1"), elsewhere))


@pytest.mark.parametrize(
    ("drifted", "planned", "expected"),
    [
        pytest.param(
            _update("aws_eip", {"x": 1}, {"x": 2}),
            _update("aws_eip", {"x": 2}, {"x": 1}),
            "drift-undone",
            id="changed back",
        ),
        pytest.param(
            _update("aws_eip", {"x": 1}, {"x": 2}), _update("aws_eip", {"y": 2}, {"y": 1}), "drift", id="left"
        ),
        pytest.param(
            _update("aws_eip", {"x": 1}, {"x": 2}),
            change("aws_eip.a", "delete create", {}, {}),
            "drift-undone",
            id="made anew",
        ),
        pytest.param(
            change("aws_eip.a", "delete", {}, None),
            change("aws_eip.a", "create", None, {}),
            "drift-undone",
            id="deleted, made again",
        ),
        pytest.param(
            change("aws_eip.a", "delete", {}, None),
            change("aws_eip.b", "create", None, {}),
            "drift",
            id="deleted, stays so",
        ),
        pytest.param(
            _update("aws_eip", {"tags_all": 1}, {"tags_all": None}, after_unknown={"tags_all": True}),
            _update("aws_eip", {}, {}),
            None,
            id="nothing that counts",
        ),
        pytest.param(
            _update("aws_eip", {f"a{i}": 1 for i in range(9)}, {}),
            change("aws_eip.b", "create", None, {}),
            "drift",
            id="much",
        ),
    ],
)
def test_drift_is_found(drifted: Json, planned: Json, expected: str | None) -> None:
    """What somebody changed outside Terraform, and whether this plan changes it back."""
    rules = found(plan(planned, resource_drift=[drifted]))

    assert {rule for rule in rules if rule.startswith("drift")} == ({expected} if expected else set())


def test_move_is_told_once() -> None:
    """Among the changes, or where a plan that only refreshes tells it."""
    moved = change("aws_eip.b", "no-op", {"id": "e"}, {"id": "e"}, previous_address="aws_eip.a")

    assert [one.previous_address for one in reviewed(plan(resource_drift=[moved])).changes] == ["aws_eip.a"]
    assert len(reviewed(plan(moved, resource_drift=[moved])).changes) == 1


def test_outputs_are_shown() -> None:
    """An output that changes is told, one that does not is not."""
    changes = {
        "a": {"actions": ["update"], "before": 1, "after": 2},
        "b": {"actions": ["no-op"], "before": 1, "after": 1},
        "c": 7,
    }

    told = {one.part: one.action for one in reviewed(plan(output_changes=changes)).changes}

    assert told == {"a": "update", "c": "unknown"}


def test_long_change_is_shown_in_part() -> None:
    """The rest is counted."""
    (one,) = reviewed(plan(_update("aws_eip", {}, {f"a{i}": i for i in range(100)}))).changes

    assert len(one.differences) + one.more_differences == 100
    assert one.more_differences == 70


def test_deep_attribute_is_shown_whole_at_the_bottom() -> None:
    """Nesting ends somewhere."""
    deep: Any = "x"
    for _ in range(60):
        deep = {"a": deep}

    (one,) = reviewed(plan(_update("aws_eip", {}, deep))).changes

    assert len(one.differences) == 1


def test_what_is_taken_in_is_called_so() -> None:
    """Beside what else happens to it."""
    review = reviewed(plan(change("aws_eip.a", "update", {}, {}, importing={"id": "i"})))

    assert headline(list(review.changes)) == "taken in and changed"


def test_old_copy_is_called_so() -> None:
    """A deposed object is what a replacement could not destroy."""
    (one,) = reviewed(plan(change("aws_eip.a", "delete", {}, None, deposed="abc"))).changes

    assert "old copy" in one.part


def test_entity_that_is_new_altogether_is_told_by_its_number() -> None:
    """The names of its parts would fill the screen; of a few they are told."""
    parts = [change(f"aws_eip.Bastion_Part{i}_{i:08X}", "create", None, {}) for i in range(5)]

    assert headline(list(reviewed(plan(*parts)).changes)) == "5 objects new"
    assert headline(list(reviewed(plan(*parts[:2])).changes)) == "part0: new; part1: new"
    assert headline(
        list(reviewed(plan(*parts[:3], change("aws_eip.Bastion_0000000A", "delete", {}, None))).changes)
    ) == ("destroyed; part0: new; part1: new; and 1 more")
