"""What the rules refuse of the section: taken out of it again, with the rule's own words as the reason.

An environment's file is written whole or not at all, so one cluster that nobody administers by an access entry, or that
runs what is out of support, would keep everything else out. It stays with the Terraform that made it, is set right there,
and comes in the next time. A key that cannot be made here as it is stays as one that exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from estate.model.aws.aws import AwsConfig
from estate.reading.loader import validate
from estate.reading.paths import first_few
from estate.reading.yaml_nodes import Node
from estate.reading.yaml_source import Source
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import CLUSTERS, KEYS, OTHER_VPCS

_SHOWN: Final = 3
_AGAIN: Final = "set it right in the Terraform that made it, then give its state again"


def leave_what_is_refused(_found: Found, draft: Draft) -> None:
    """Take clusters and keys out again that a rule refuses; every other problem is told of where the file is checked."""
    while refused := _refused(draft):
        for (section, name), words in refused.items():
            why = first_few(words, _SHOWN, "; ")
            (_take_out if section == "eks_clusters" else _as_it_is)(draft, name, why)


def _refused(draft: Draft) -> dict[tuple[str, str], list[str]]:
    """What can be taken out, by section and key, with what the rules say of it."""
    data = draft.at("aws") or {}
    if not data:
        return {}
    found: dict[tuple[str, str], list[str]] = {}
    for one in validate(Source("the draft", data, Node(data, 1, 1, None, "")), AwsConfig).problems:
        section, *rest = one.path.split(".")
        words = " ".join(filter(None, (".".join(rest[1:]), one.message)))
        for claim in _claims(draft, section, rest):
            found.setdefault(claim, []).append(words if claim[0] == section else f"{section} {words}")
    return found


def _claims(draft: Draft, section: str, rest: list[str]) -> list[tuple[str, str]]:
    """What is taken out for a problem: its cluster, its key, or the clusters of a key that is not to be had."""
    clusters = draft.at(*CLUSTERS) or {}
    if section == "eks_clusters" and rest:
        return [(section, rest[0])]
    names = [rest[0]] if section == "kms_keys" and rest else []
    if section == "deployer":
        names = list(dict.fromkeys(cluster["kms_key"] for cluster in clusters.values()))
    made = [name for name in names if "existing" not in draft.at(*KEYS, name) and _arn(draft, name)]
    if made:
        return [("kms_keys", name) for name in made]
    return [
        ("eks_clusters", key) for key, cluster in clusters.items() if not _keys_of(cluster).isdisjoint(names)
    ]


def _keys_of(cluster: Mapping[str, Any]) -> set[str]:
    """The keys that a cluster names."""
    groups = cluster.get("node_groups", {}).values()
    return {cluster["kms_key"], *(group.get("volume", {}).get("kms_key") for group in groups)}


def _arn(draft: Draft, name: str) -> str:
    """ARN of a key of the draft, "" where no object says it."""
    return next(
        (arn for one in draft.origins.get((*KEYS, name), ()) if ":key/" in (arn := one.text("arn"))), ""
    )


def _take_out(draft: Draft, name: str, why: str) -> None:
    del draft.data["aws"]["eks_clusters"][name]
    for one in _let_go(draft, (*CLUSTERS, name)):
        draft.leave(one, "", f"the cluster has no place as it is: {why}", _AGAIN)
    _drop_what_is_for_nothing(draft)


def _as_it_is(draft: Draft, name: str, why: str) -> None:
    """Name a key by its ARN, whose policy stays its own."""
    draft.data["aws"]["kms_keys"][name] = {"existing": {"key_arn": _arn(draft, name)}}
    for one in _let_go(draft, (*KEYS, name)):
        draft.leave(
            one,
            "",
            f"stays as it is, named by its ARN as aws.kms_keys.{name}, because of a key of the file this would be said: {why}",
            "its policy has to let this environment's roles use it",
        )


def _let_go(draft: Draft, at: Keys) -> list[FoundObject]:
    """The objects of an entity, which belong to it no more."""
    paths = [path for path in draft.origins if path[: len(at)] == at]
    return list(dict.fromkeys(one for path in paths for one in draft.origins.pop(path)))


def _drop_what_is_for_nothing(draft: Draft) -> None:
    """Drop the keys that were to be made for a cluster that is taken out, and sections that hold nothing."""
    used = {name for one in (draft.at(*CLUSTERS) or {}).values() for name in _keys_of(one)}
    for name, said in list((draft.at(*KEYS) or {}).items()):
        if (said == {} or "existing" in said) and name not in used and (*KEYS, name) not in draft.origins:
            del draft.data["aws"]["kms_keys"][name]
    named = {one.get("vpc") for one in (draft.at(*CLUSTERS) or {}).values()}
    others = draft.at(*OTHER_VPCS) or {}
    for name in others.keys() - named:
        del others[name]
    for section in ("kms_keys", "eks_clusters", "existing_vpcs"):
        if draft.at("aws", section) == {}:
            del draft.data["aws"][section]
