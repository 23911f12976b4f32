"""A stack with VPNs for real Terraform, with no cloud behind it: planned, against a state that was made up."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain, environment

Json = dict[str, Any]

_REFERENCE = re.compile(r"\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)\.([a-z0-9_.\[\]]+)\}")
_IDS = {"google_kms_key_ring.id": "projects/made-up/locations/europe-north1/keyRings/{}"}
"""Ids that the provider takes apart, by type and attribute."""
_NEEDED = {"id", "local_traffic_selector", "remote_traffic_selector", "vpn_interfaces"}
_PATIENCE_SECONDS = 300


def offline(toolchains: Sequence[Toolchain]) -> Json:
    """What a stack is run with here: state in its folder, the providers at hand, and credentials of nobody."""
    nobody: Json = {
        "access_key": "none",
        "secret_key": "none",
        "allowed_account_ids": None,
        "skip_credentials_validation": True,
        "skip_metadata_api_check": True,
        "skip_region_validation": True,
        "skip_requesting_account_id": True,
    }
    required = {name: how for tools in toolchains for name, how in tools.required.items()}
    return {
        "terraform": {"backend": {"local": {}}, "required_providers": required},
        "provider": {"aws": [nobody]},
    }


@dataclass(frozen=True)
class VpnStack:
    """One stack in a folder, to run Terraform in.

    Attributes:
        folder: where it stands.
        binary: the Terraform or OpenTofu command.
        keys: the variables' values.
        toolchains: with the providers.
    """

    folder: Path
    binary: str
    keys: Mapping[str, str]
    toolchains: Sequence[Toolchain] = ()

    def write(self, stack: Json) -> None:
        """Write the stack, with what it is run with here."""
        (self.folder / "cdk.tf.json").write_text(json.dumps(stack, indent=1), "utf-8")
        if self.toolchains:
            (self.folder / "override.tf.json").write_text(json.dumps(offline(self.toolchains)), "utf-8")

    def write_state(self, state: Json) -> None:
        """Write a state that nothing made."""
        (self.folder / "terraform.tfstate").write_text(json.dumps(state), "utf-8")

    def terraform(self, *arguments: str, **keys: str) -> subprocess.CompletedProcess[str]:
        """Run Terraform with the keys, and with others for some of them."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
        return subprocess.run(
            [self.binary, *arguments],
            cwd=self.folder,
            env={
                **own,
                **environment(self.folder, self.binary, self.toolchains),
                # Nobody is asked, but the provider wants some credential to begin with.
                "GOOGLE_OAUTH_ACCESS_TOKEN": "none",
                **{f"TF_VAR_{name}": value for name, value in {**self.keys, **keys}.items()},
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )

    def plan(self, *form: str, **keys: str) -> Plan:
        """What Terraform would change, asking no cloud what there is; fails where the plan shows a key."""
        told = self.terraform("plan", "-input=false", "-refresh=false", "-out=plan", *form, **keys)
        assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
        assert not [key for key in (*self.keys.values(), *keys.values()) if key in told.stdout + told.stderr]
        shown = self.terraform("show", "-json", "plan")
        return Plan(json.loads(shown.stdout))


def made_up_state(stack: Json, plan: Plan) -> Json:
    """The state that applying ``plan`` would leave, with made-up values for what only a cloud knows."""
    resources = _MadeUp(stack)
    return {
        "version": 4,
        "terraform_version": "1.10.0",
        "serial": 1,
        "lineage": "made-up",
        "outputs": {},
        "resources": [
            {
                "mode": "managed",
                "type": change["type"],
                "name": change["name"],
                "provider": f'provider["{change["provider_name"]}"]',
                "instances": [{"schema_version": 0, "attributes": resources.attributes(change)}],
            }
            for change in plan.json["resource_changes"]
            if change["mode"] == "managed"
        ],
    }


def settled(state: Json, plan: Plan) -> Json:
    """A made-up state with what ``plan`` would change in it changed: a provider's own way to say nothing, mostly."""
    after = {change["address"]: change["change"] for change in plan.json["resource_changes"]}
    resources = []
    for resource in state["resources"]:
        change = after[f"{resource['type']}.{resource['name']}"]
        known = {
            name: value
            for name, value in change["after"].items()
            if "true" not in json.dumps(change["after_unknown"].get(name))
        }
        [instance] = resource["instances"]
        attributes = {**instance["attributes"], **known}
        resources.append({**resource, "instances": [{**instance, "attributes": attributes}]})
    return {**state, "serial": state["serial"] + 1, "resources": resources}


@dataclass(frozen=True)
class _MadeUp:
    """Makes values up, the same for every reference to one."""

    stack: Json

    @cached_property
    def _references(self) -> frozenset[tuple[str, str]]:
        """Every address that something refers to, with the attribute."""
        return frozenset(_REFERENCE.findall(json.dumps(self.stack)))

    def attributes(self, change: Json) -> Json:
        said = self._said(change["address"])
        after, unknown = change["change"]["after"], change["change"]["after_unknown"]
        referred = {attribute for place, attribute in self._references if place == change["address"]}
        needed = [name for name in unknown if name not in said and name in referred | _NEEDED]
        made_up = {name: self._value(change["address"], name) for name in needed}
        return {**self._filled(after, unknown, said), **made_up}

    def _said(self, address: str) -> Json:
        type_, _, name = address.partition(".")
        body: Json = self.stack["resource"][type_][name]
        return body

    def _filled(self, after: Any, unknown: Any, said: Any) -> Any:
        """What is planned, with what refers to something unknown filled in."""
        if unknown is True:
            return self._resolved(said)
        if isinstance(unknown, dict):
            inner = said if isinstance(said, dict) else {}
            return {
                name: self._filled((after or {}).get(name), unknown.get(name, False), inner.get(name))
                for name in {**(after or {}), **unknown}
            }
        if isinstance(unknown, list):
            # A block that there is one of stands without its list in what is synthesized.
            items = said if isinstance(said, list) else [said] * len(after or ())
            return [self._filled(*one) for one in zip(after or (), unknown, items, strict=True)]
        return after

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._resolved(one) for one in value]
        match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        return self._value(*match.groups()) if match else value

    def _value(self, address: str, attribute: str) -> Any:
        if attribute in self._said(address):
            return self._resolved(self._said(address)[attribute])
        if attribute == "vpn_interfaces":
            return [
                {"id": n, "ip_address": self._value(address, f"vpn_interfaces[{n}].ip_address")}
                for n in (0, 1)
            ]
        if attribute.endswith("address"):
            return f"198.51.100.{sum(f'{address}.{attribute}'.encode()) % 200}"
        if attribute.endswith("traffic_selector"):
            return ["0.0.0.0/0"]
        if attribute == "arn":
            return f"arn:aws:made:eu-west-1:012345678901:{address.partition('.')[2]}"
        made_up = f"made-up-{address.partition('.')[2]}"
        return _IDS.get(f"{address.partition('.')[0]}.{attribute}", "{}").format(made_up)
