"""Edits of this repository's dev environment, each with what a review has to say of it.

Its stack is synthesized before and after the edit. The AWS half is left out, because its images are looked up
in the account.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import read_stack
from stacks.app import synthesize
from tests.example import ENVIRONMENTS
from tests.operations.review.cases import Case, Json

ENVIRONMENT = "dev"
_PROVIDERS = {"google": {"source": "hashicorp/google", "version": "6.50.0"}}

Edit = Callable[[Json, Json], object]
"""Changes the environment and the organization."""


def _cluster(environment: Json) -> Json:
    cluster: Json = environment["vmware"]["user_clusters"]["apps"]
    return cluster


def _upgrade(environment: Json, _: Json) -> None:
    _cluster(environment)["version"] = "1.36.0-gke.532"


def _upgrade_and_resize(environment: Json, organization: Json) -> None:
    _upgrade(environment, organization)
    _cluster(environment)["node_pools"]["balancers"]["replicas"] = 4


def _upgrade_and_admin(environment: Json, organization: Json) -> None:
    _upgrade(environment, organization)
    _cluster(environment)["admin_users"] = ["ola.nordmann@example.com"]


def _pods(environment: Json, _: Json) -> None:
    _cluster(environment)["network"]["pods"] = "192.168.0.0/17"


def _port_group(environment: Json, _: Json) -> None:
    _cluster(environment)["network"]["port_group"] = "vlan-999"


def _no_gke(environment: Json, _: Json) -> None:
    del environment["google"]["gke_clusters"]["cloud"]


def _resize(environment: Json, _: Json) -> None:
    _cluster(environment)["node_pools"]["balancers"]["replicas"] = 4


def _bigger_nodes(environment: Json, _: Json) -> None:
    _cluster(environment)["node_pools"]["workers"]["cpus"] = 16


def _pool_gone(environment: Json, _: Json) -> None:
    del _cluster(environment)["node_pools"]["workers"]


def _cluster_gone(environment: Json, _: Json) -> None:
    del environment["vmware"]["user_clusters"]["apps"]


def _new_team(_: Json, organization: Json) -> None:
    organization["teams"]["matrikkel"] = {
        "group": "matrikkel@example.com",
        "namespace_prefix": "matrikkel-",
        "namespaces": ["matrikkel-web"],
        "access": {ENVIRONMENT: "edit"},
    }


def _team_level(_: Json, organization: Json) -> None:
    organization["teams"]["seeiendom"]["access"][ENVIRONMENT] = "admin"


def _team_gone(_: Json, organization: Json) -> None:
    del organization["teams"]["grunnbok"]


def _break_glass(_: Json, organization: Json) -> None:
    organization["break_glass"]["kari"]["environments"].append(ENVIRONMENT)


def _feature_off(environment: Json, _: Json) -> None:
    del environment["fleet"]["features"]["policy_controller"]


def _all(_: Json, __: Json) -> None:
    """Leave everything as it is."""


_NEW = {"otherwise-create": "info"}
_GONE = {"access-taken-away": "low"}

_EDITS: dict[str, tuple[Edit, dict[str, str]]] = {
    "estate-upgrade": (_upgrade, {"version-changes": "medium"}),
    "estate-upgrade-and-resize": (
        _upgrade_and_resize,
        {"version-changes": "medium", "version-mixed": "high"},
    ),
    "estate-upgrade-and-admin": (
        _upgrade_and_admin,
        {"version-changes": "medium", "version-mixed": "high", "cluster-admin": "high"},
    ),
    "estate-pod-range": (_pods, {"refused-in-place": "high"}),
    # Whatever documents say, the provider makes the cluster anew for this one.
    "estate-port-group": (
        _port_group,
        {"cluster-destroyed": "critical", "fleet-feature-destroyed": "high"},
    ),
    "estate-gke-cluster-gone": (
        _no_gke,
        {
            "cluster-destroyed": "critical",
            "nodes-destroyed": "high",
            "identity-destroyed": "high",
            "fleet-feature-destroyed": "high",
            "routine-destroyed": "medium",
            "api-left-on": "low",
            **_GONE,
        },
    ),
    "estate-resize": (_resize, {"how-many": "low"}),
    "estate-bigger-nodes": (_bigger_nodes, {"nodes-restart": "medium"}),
    "estate-pool-gone": (_pool_gone, {"nodes-destroyed": "high"}),
    "estate-cluster-gone": (
        _cluster_gone,
        {
            "cluster-destroyed": "critical",
            "nodes-destroyed": "high",
            "fleet-feature-destroyed": "high",
            **_GONE,
        },
    ),
    "estate-new-team": (_new_team, {"declared-team-access": "low", **_NEW}),
    "estate-team-level": (_team_level, {"declared-team-access": "low", **_GONE}),
    "estate-team-gone": (_team_gone, {"fleet-destroyed": "high", **_GONE}),
    "estate-break-glass": (_break_glass, {"break-glass": "medium", "cluster-admin": "high"}),
    "estate-feature-off": (_feature_off, {"fleet-feature-destroyed": "high", "api-left-on": "low"}),
}


def _stack(edit: Edit) -> Json:
    with tempfile.TemporaryDirectory() as folder:
        estate, outdir = Path(folder) / "environments", Path(folder) / "out"
        estate.mkdir()
        documents = {
            path.stem: yaml.safe_load(path.read_text("utf-8")) for path in ENVIRONMENTS.glob("*.yaml")
        }
        del documents[ENVIRONMENT]["aws"]
        edit(documents[ENVIRONMENT], documents["organization"])
        for name, document in documents.items():
            # JSON is YAML, and quotes every string.
            (estate / f"{name}.yaml").write_text(json.dumps(document), "utf-8")
        synthesize(load_estate(estate, [ENVIRONMENT]), [ENVIRONMENT], outdir)
        return read_stack(outdir, ENVIRONMENT)


def _plannable(stack: Json) -> Json:
    """The stack as Terraform plans it without a cloud, although something goes.

    prevent_destroy would end the plan, and so would what is looked up in the account.
    """
    stack.pop("data", None)
    outputs = stack.get("output", {})
    stack["output"] = {name: body for name, body in outputs.items() if "data." not in json.dumps(body)}
    for resources in stack["resource"].values():
        for body in resources.values():
            body.get("lifecycle", {}).pop("prevent_destroy", None)
    return stack


def _case(edit: Edit, expected: dict[str, str]) -> Case:
    return Case(_PROVIDERS, _plannable(_stack(_all)), _plannable(_stack(edit)), expected)


EXPECTED: dict[str, dict[str, str]] = {
    **{name: expected for name, (_, expected) in _EDITS.items()},
    "estate-new": {
        "otherwise-create": "info",
        "declared-team-access": "low",
        "declared-platform-access": "medium",
        "named-endpoint": "medium",
        "waits-for-agent": "low",
        "widened": "medium",
    },
}


def make(name: str) -> Case:
    """Synthesize what a case is made from."""
    if name == "estate-new":
        return Case(_PROVIDERS, {}, _plannable(_stack(_all)), EXPECTED[name])
    return _case(*_EDITS[name])
