"""What Policy Controller does not look at."""

from __future__ import annotations

from typing import Any

from estate.model.rules import broken_rules
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import SECTION


def refused(controller: dict[str, Any] | None) -> list[str]:
    """Paths that are refused of a fleet with these settings, in an organization with one team."""
    features = {"policy_controller": controller} if controller else {}
    one = environment("dev", fleet={"features": features}, vmware=SECTION)
    found = broken_rules(estate(organization(teams={"seeiendom": SEEIENDOM}), one))
    return [".".join(map(str, one.path[4:])) for one in found if "policy_controller" in one.path]


def test_no_namespace_of_a_team_is_exempt() -> None:
    """By name or by a bundle; the system's may be."""
    controller = {
        "exemptable_namespaces": ["kube-system", "seeiendom-web"],
        "bundles": {"pss-baseline-v2022": {"exempted_namespaces": ["seeiendom-later", "kube-system"]}},
    }

    assert refused(controller) == [
        "exemptable_namespaces.1",
        "bundles.pss-baseline-v2022.exempted_namespaces.0",
    ]


def test_a_cluster_with_settings_of_its_own_exempts_none_either() -> None:
    """They stand in place of the others."""
    controller = {"clusters": {"apps": {"exemptable_namespaces": ["seeiendom-web"]}}}

    assert refused(controller) == ["clusters.apps.exemptable_namespaces.0"]


def test_without_a_controller_nothing_is_exempt() -> None:
    """Nor without a fleet."""
    assert refused(None) == []
    bare = environment("dev", fleet=None)
    assert [
        one for one in broken_rules(estate(organization(), bare)) if "policy_controller" in one.path
    ] == []
