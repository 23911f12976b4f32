"""Plans made by real Terraform: of the configuration as it was, and then of the configuration as it is.

What is said to stand already comes from a first plan: what Terraform would have made goes into a state by
hand, and the second plan does not refresh, so that no cloud is asked. What needs no provider is applied.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_DROPPED = ("planned_values", "prior_state", "timestamp", "relevant_attributes")
_PATIENCE_SECONDS = 300
_ROUNDS = 6

# What services answer with nothing in it, and what the provider plans again while it is null.
_EMPTY: dict[str, Json] = {
    "aws_": {"tags_all": {}},
    "google_compute_firewall": {"destination_ranges": []},
    "google_compute_route": {"as_paths": [], "warnings": []},
    "google_compute_router_nat": {
        "auto_network_tier": "PREMIUM",
        "drain_nat_ips": [],
        "endpoint_types": ["ENDPOINT_TYPE_VM"],
        "nat_ips": [],
    },
    "google_container_node_pool": {
        "instance_group_urls": [],
        "managed_instance_group_urls": [],
        "node_locations": [],
    },
    "google_dns_managed_zone": {"name_servers": []},
    "google_compute_vpn_tunnel": {
        "local_traffic_selector": ["0.0.0.0/0"],
        "remote_traffic_selector": ["0.0.0.0/0"],
    },
    "google_container_cluster": {"node_locations": []},
    "google_gke_hub": {"state": [], "resource_state": []},
    "google_kms_crypto_key": {"primary": []},
    "google_gkeonprem": {"status": [], "validation_check": [], "effective_annotations": {}},
}


class Workbench:
    """A folder in which Terraform plans."""

    def __init__(self, folder: Path, providers: Json) -> None:
        self._folder = folder
        self._providers = providers
        folder.mkdir(parents=True)

    def plan_change(self, before: Json, after: Json, *, applied: bool = False) -> Json:
        """The plan from one configuration to another.

        Args:
            before: the configuration that stands; {} for nothing.
            after: the configuration that is wanted.
            applied: whether what stands is applied for real, which needs providers that need no cloud.
        """
        if before:
            self._write(before)
            self._terraform("init", "-input=false")
            if applied:
                self._terraform("apply", "-input=false", "-auto-approve")
            else:
                self._pretend()
        self._write(after)
        self._terraform("init", "-input=false")
        return self._plan(*([] if applied else ["-refresh=false"]))

    def _pretend(self) -> None:
        """Make a state that needs no change, from what Terraform says it would make.

        What an object takes from another one is only known in the next plan.
        """
        for _ in range(_ROUNDS):
            plan = self._plan("-refresh=false")
            (self._folder / "terraform.tfstate").write_text(json.dumps(_state(plan)), "utf-8")
            if all(change["change"]["actions"] == ["no-op"] for change in plan["resource_changes"]):
                return
        raise RuntimeError(
            f"still changes: {[c['address'] for c in plan['resource_changes'] if c['change']['actions'] != ['no-op']]}"
        )

    def _write(self, configuration: Json) -> None:
        document = json.loads(json.dumps(configuration))
        terraform = document.setdefault("terraform", {})
        terraform.pop("backend", None)
        for name, version in self._providers.items():
            terraform.setdefault("required_providers", {})[name] = version
        (self._folder / "main.tf.json").write_text(json.dumps(document), "utf-8")

    def _plan(self, *options: str) -> Json:
        # An errored plan is stored as well.
        self._terraform("plan", "-input=false", "-out=plan", *options, may_fail=True)
        plan: Json = json.loads(self._terraform("show", "-json", "plan"))
        return plan

    def _terraform(self, *arguments: str, may_fail: bool = False) -> str:
        binary = os.environ.get("TERRAFORM_BINARY_NAME", "terraform")
        ended = subprocess.run(
            [binary, f"-chdir={self._folder}", *arguments],
            env={**os.environ, "GOOGLE_OAUTH_ACCESS_TOKEN": "x", "CHECKPOINT_DISABLE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        if ended.returncode and not (may_fail and (self._folder / "plan").exists()):
            raise RuntimeError(f"terraform {arguments[0]}: {ended.stderr[-3000:]}")
        return ended.stdout


def trimmed(plan: Json) -> Json:
    """A plan without what a review skips."""
    kept = {key: value for key, value in plan.items() if key not in _DROPPED}
    root = kept.get("configuration", {}).get("root_module", {})
    declared = {kind: root[kind] for kind in ("variables", "outputs") if kind in root}
    kept["configuration"] = {"root_module": declared}
    return kept


def lines(plan: Json) -> str:
    """A plan as JSON with a line for each change, so that a difference between two of them can be read."""
    members = []
    for key, value in sorted(plan.items()):
        if isinstance(value, list):
            shown = "[" + ",".join(f"\n{_compact(item)}" for item in value) + "\n]"
        else:
            shown = _compact(value)
        members.append(f"{_compact(key)}:{shown}")
    return "{" + ",\n".join(members) + "}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _state(plan: Json) -> Json:
    """A state that holds what a first plan would make."""
    root = plan["planned_values"]["root_module"]
    unknown = {change["address"]: change["change"]["after_unknown"] for change in plan["resource_changes"]}
    return {
        "version": 4,
        "terraform_version": plan["terraform_version"],
        "serial": 1,
        "lineage": "made-up",
        "outputs": {},
        "resources": [
            _resource(resource, unknown[resource["address"]])
            for resource in root.get("resources", [])
            if resource["mode"] == "managed"
        ],
    }


def _resource(resource: Json, unknown: Json) -> Json:
    values = dict(resource["values"])
    for family, empties in _EMPTY.items():
        if resource["type"].startswith(family):
            values |= {key: empty for key, empty in empties.items() if unknown.get(key) is True}
    for key, made_up in _computed(resource["type"], values).items():
        if not values.get(key):
            values[key] = made_up
    secret = [key for key, mark in resource.get("sensitive_values", {}).items() if mark is True]
    instance: Json = {
        "schema_version": resource["schema_version"],
        "attributes": values,
        "sensitive_attributes": [[{"type": "get_attr", "value": key}] for key in secret],
    }
    if "index" in resource:
        instance["index_key"] = resource["index"]
    return {
        "mode": "managed",
        "type": resource["type"],
        "name": resource["name"],
        "provider": f'provider["{resource["provider_name"]}"]',
        "instances": [instance],
    }


def _computed(type_: str, values: Json) -> Json:
    """What the service would have answered, as far as other resources refer to it."""
    name = values.get("name") or values.get("account_id") or values.get("scope_id") or "made-up"
    if type_ == "google_service_account":
        email = f"{name}@{values['project']}.iam.gserviceaccount.com"
        return {"id": email, "name": email, "email": email, "member": f"serviceAccount:{email}"}
    if type_ == "google_gkeonprem_vmware_cluster":
        _fill(values["vcenter"], "")
        _fill(values["dataplane_v2"], False)  # noqa: FBT003 - what the service answers
        place = f"projects/1/locations/{values['location']}/memberships/{name}"
        return {"id": name, "fleet": [{"membership": place}]}
    if type_ == "google_gke_hub_scope":
        return {"id": name, "name": f"projects/{values['project']}/locations/global/scopes/{name}"}
    return {"id": name}


def _fill(blocks: list[Json], with_what: Any) -> None:
    """What the service answers where nothing is said."""
    for block in blocks:
        block.update({key: with_what for key, value in block.items() if value is None})
