"""Ways to own the estate that look like something else: what is synced, who administers, what stands in a text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final

from estate.facts.secrets import secret_in
from estate.model.access.team import EVERY_RIGHT
from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Block, Stacks, blocks_of, resources

_PASSWORD: Final = re.compile(
    r"""["']?\b(?:plain_text_passwd|hashed_passwd|passwd|password)["']?\s*:\s*["']?[^\s"']|\bchpasswd\b"""
)
"""How cloud-init is told passwords: https://cloudinit.readthedocs.io/en/latest/reference/modules.html of 2026-11-30."""
_STARTS_MACHINES: Final = (
    "extra_config",
    "user_data",
    "user_data_base64",
    "metadata_startup_script",
    "metadata",
)
_MACHINES: Final = (
    "aws_instance",
    "aws_launch_template",
    "google_compute_instance",
    "vsphere_virtual_machine",
)
_LEAST: Final = 24
"""Characters of a text that is worth decoding."""
_PROMISCUOUS: Final = ("allow_forged_transmits", "allow_mac_changes", "allow_promiscuous")
_EVERYBODY: Final = frozenset({"authenticated users", "domain users", "everyone", "users"})


def _synced_with_a_secret(stacks: Stacks) -> Iterator[Broken]:
    for member in resources(stacks, "google_gke_hub_feature", "google_gke_hub_feature_membership"):
        defaults = member.blocks("fleet_default_member_config", "configmanagement", "config_sync")
        for sync in [*defaults, *member.blocks("configmanagement", "config_sync")]:
            for source in (*blocks_of(sync, "git"), *blocks_of(sync, "oci")):
                if source.get("secret_type") == "none":
                    yield (
                        member.place,
                        f"clusters take whatever {_where(source)} holds without proving who they are, so that it is public: whoever "
                        "owns it administers them; read a repository of your own with a secret",
                    )


def _where(source: Block) -> str:
    text = str(source.get("sync_repo"))
    return "its source" if secret_in(text) else text


def _no_second_administrator(stacks: Stacks) -> Iterator[Broken]:
    for binding in resources(stacks, "google_gke_hub_scope_rbac_role_binding"):
        if any(role.get("custom_role") == EVERY_RIGHT for role in binding.blocks("role")):
            yield (
                binding.place,
                f"binds {EVERY_RIGHT}, which has every right; bind a role for the team's task",
            )
    for permissions in resources(stacks, "vsphere_entity_permissions"):
        for one in permissions.blocks("permissions"):
            name = re.split(r"[\\@]", str(one.get("user_or_group")))
            if _EVERYBODY & {part.lower() for part in name}:
                yield permissions.place, f"lets in {one.get('user_or_group')}, everybody; name a group"


def _port_groups(stacks: Stacks) -> Iterator[Broken]:
    for group in resources(stacks, "vsphere_distributed_port_group"):
        on = [key for key in _PROMISCUOUS if group.body.get(key) is True]
        if on:
            yield (
                group.place,
                f"says {', '.join(on)}, so that a machine reads or speaks for others; leave it off",
            )


def _no_secrets(stacks: Stacks) -> Iterator[Broken]:
    """Never says what was found, which may be the secret."""
    for stack in stacks:
        for resource in stack:
            for path, text in _texts(resource.body, ""):
                at_start = resource.type in _MACHINES and path.partition(".")[0] in _STARTS_MACHINES
                what = _secret(text, at_start=at_start)
                if what:
                    yield (
                        resource.place,
                        f"{path} holds {what}, which everybody has who reads the stack, a plan or the state; take it out, and have "
                        "it made worthless where it counts",
                    )


def _secret(text: str, *, at_start: bool) -> str | None:
    for one in (text, _decoded(text)):
        found = secret_in(one) or ("a password" if at_start and _PASSWORD.search(one) else None)
        if found:
            return found
    return None


def _decoded(text: str) -> str:
    """What Base64 hides; nothing where there is none."""
    if len(text) < _LEAST:
        return ""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif isinstance(value, str):
        yield path, value


RULES = (
    Rule(
        "HYB_FLEET_SOURCE",
        Level.HIGH,
        "Clusters read what they are kept in step with by a secret",
        _synced_with_a_secret,
    ),
    Rule("HYB_IAM_EVERYTHING", Level.HIGH, "Nobody administers by another name", _no_second_administrator),
    Rule(
        "HYB_VSPHERE_PORT_GROUP",
        Level.HIGH,
        "No port group lets machines read or speak for others",
        _port_groups,
    ),
    Rule("HYB_SECRETS", Level.HIGH, "No text of a stack holds a secret", _no_secrets),
)
