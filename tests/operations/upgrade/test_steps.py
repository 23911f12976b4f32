"""The steps to a version, and what makes them illegal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.facts.vmware.versions import minor, order, supported
from estate.model.vmware.vmware import VmwareConfig
from operations.upgrade.steps import VmwareUpgrade, jump, minor_number
from tests.model.vmware.documents import CLUSTER, SECTION, changed, moved

OLD, SAME, NEW = "1.34.0-gke.566", "1.35.0-gke.525", "1.36.0-gke.532"


def planned(
    admin: str,
    target: str,
    *,
    only: set[str] | None = None,
    pools: dict[str, dict[str, str]] | None = None,
    clusters: dict[str, dict[str, Any]] | None = None,
    **versions: str,
) -> VmwareUpgrade:
    """An upgrade of clusters with these versions; more settings by cluster."""
    keys = list(versions)
    section = {
        **changed(SECTION, admin_cluster__version=admin),
        "user_clusters": {
            key: {
                **moved(CLUSTER, f"10.2{keys.index(key)}.0"),
                "version": version,
                **(clusters or {}).get(key, {}),
            }
            for key, version in versions.items()
        },
    }
    vmware = VmwareConfig.model_validate(section)
    return VmwareUpgrade("dev", vmware, target, only or set(keys), pools or {}, {SAME, "1.35.0-gke.100"})


def refused(upgrade: VmwareUpgrade) -> list[tuple[str, str]]:
    """The last two keys of what each refusal is about, and its message."""
    return [(".".join(map(str, one.path[-2:])), one.message) for one in upgrade.refusals()]


def test_the_admin_cluster_goes_first_then_users_one_by_one() -> None:
    """The order since 1.31; a cluster that is there already is left out."""
    upgrade = planned(SAME, NEW, apps=SAME, data=SAME)

    assert [(step.key, step.current, step.target) for step in upgrade.steps()] == [
        (None, SAME, NEW),
        ("apps", SAME, NEW),
        ("data", SAME, NEW),
    ]
    assert refused(upgrade) == []
    assert [step.key for step in planned(NEW, NEW, apps=NEW, data=SAME).steps()] == ["data"]
    assert planned(NEW, NEW, apps=NEW).steps() == []


def test_the_admin_cluster_goes_first_for_a_single_cluster_too() -> None:
    """Otherwise the cluster would be newer than what manages it, by a patch even."""
    upgrade = planned(SAME, "1.35.100-gke.1", only={"data"}, apps=SAME, data=SAME)

    assert [step.key for step in upgrade.steps()] == [None, "data"]


def test_a_jump_says_the_legal_path() -> None:
    """With a full version of the minor one in between, where the estate knows one."""
    upgrade = planned(OLD, NEW, apps=OLD)

    assert [where for where, _ in refused(upgrade)] == ["admin_cluster.version", "apps.version"]
    assert "1.34 -> 1.35 -> 1.36; first hybrid upgrade dev 1.35.0-gke.525" in refused(upgrade)[0][1]
    unknown = VmwareUpgrade("dev", upgrade.vmware, NEW, ["apps"], {}, ())
    assert "first hybrid upgrade dev 1.35.Z-gke.N" in refused(unknown)[0][1]


@pytest.mark.parametrize(
    ("upgrade", "where"),
    [(planned(NEW, SAME, apps=NEW), "apps.version"), (planned(NEW, SAME), "admin_cluster.version")],
    ids=["user cluster", "admin cluster alone"],
)
def test_nothing_goes_back(upgrade: VmwareUpgrade, where: str) -> None:
    """A downgrade is refused, whatever else is right."""
    assert [place for place, message in refused(upgrade) if "newer than 1.35.0" in message] == [where]


def test_a_user_cluster_may_follow_an_older_version_than_its_admin_cluster() -> None:
    """The admin cluster is not asked to go back for it."""
    upgrade = planned(NEW, SAME, apps=OLD)

    assert [step.key for step in upgrade.steps()] == ["apps"]
    assert refused(upgrade) == []


def test_the_admin_cluster_does_not_leave_a_user_cluster_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that was not asked for; the message says the command that brings it along."""
    rules = {**supported(), "1.37": supported()["1.36"], "1.36": supported()["1.36"]}
    monkeypatch.setattr(
        "operations.upgrade.steps.supported", lambda: {**rules, "1.36": _only("1.36", "1.35")}
    )
    upgrade = planned(SAME, NEW, only={"data"}, apps=OLD, data=SAME)

    ((where, message),) = refused(upgrade)

    assert where == "apps.version"
    assert "hybrid upgrade dev 1.35.0-gke.525 --cluster apps" in message


def _only(*names: str) -> Any:
    return replace(supported()["1.36"], image_types=(), admin_manages=names)


LAGGING = {"apps": {"upgrade_policy": {"control_plane_only": True}}}


def test_pools_that_were_left_behind_have_to_be_known() -> None:
    """The file does not say their versions, so without a state the check fails."""
    ((where, message),) = refused(planned(NEW, NEW, clusters=LAGGING, apps=SAME))

    assert where == "apps.upgrade_policy"
    assert "--state" in message


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        ({"balancers": SAME, "workers": SAME}, []),
        ({"balancers": SAME, "workers": OLD, "gone": "1.33.0-gke.1"}, ["gone"]),
        ({"balancers": OLD, "workers": "1.33.0-gke.1"}, ["balancers", "workers"]),
    ],
    ids=["equal", "two behind", "behind"],
)
def test_pools_lag_two_minor_versions_at_most_and_balancers_none(
    pools: dict[str, str], expected: list[str]
) -> None:
    """As they will stand to the new version; a pool of the load balancer as it stands to its cluster."""
    upgrade = planned(NEW, NEW, clusters=LAGGING, pools={"apps": pools}, apps=SAME)

    assert [where.removeprefix("node_pools.") for where, _ in refused(upgrade)] == expected


VERSIONS = st.builds("1.{}.{}-gke.{}".format, st.integers(34, 36), st.integers(0, 3), st.integers(1, 3))


@given(admin=VERSIONS, apps=VERSIONS, data=VERSIONS, target=VERSIONS)
def test_every_step_of_a_legal_path_is_legal_by_itself(admin: str, apps: str, data: str, target: str) -> None:
    """Taken one after the other, from any start: never back, never over a minor, never past the admin cluster."""
    newest = max((apps, data), key=order)
    admin = max((admin, newest), key=order)
    upgrade = planned(admin, target, apps=apps, data=data)
    if refused(upgrade):
        return
    now: dict[str | None, str] = {None: admin, "apps": apps, "data": data}

    for step in upgrade.steps():
        assert order(now[step.key]) < order(step.target)
        assert minor_number(step.target)[1] - minor_number(now[step.key])[1] <= 1
        now[step.key] = step.target
        assert all(order(one) <= order(now[None]) for one in now.values())

    assert all(order(now[key]) >= order(target) for key in ("apps", "data"))
    assert jump(minor(apps) + ".0", minor(target) + ".0") == []
