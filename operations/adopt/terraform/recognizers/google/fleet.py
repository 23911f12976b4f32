"""The fleet of the host project, its features, and how they are set up in the member clusters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from estate.derived.clusters.folder import SYNCED
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    last,
    of_host,
    part,
    path_of,
    said,
    unless,
)

_FEATURE: Final = "google_gke_hub_feature"
_MEMBERSHIP: Final = "google_gke_hub_feature_membership"
_PATH: Keys = ("fleet",)
_FEATURES: Keys = (*_PATH, "features")
_DAY: Final = 86400
_FOLLOWS: Final = "rbacrolebindingactuation"
"""A feature that follows from the teams' roles."""


def recognize_fleet(found: Found, draft: Draft) -> None:
    """Put the fleet with its features."""
    for fleet in of_host(found, draft, "google_gke_hub_fleet"):
        draft.takes(_PATH, fleet)
        draft.data.setdefault("fleet", {})
        draft.put((*_PATH, "display_name"), fleet.text("display_name") or None)
    for feature in of_host(found, draft, _FEATURE):
        name = feature.text("name")
        if name in _OF_MEMBERS:
            _put_of_members(found, draft, feature)
        elif name in _OF_FLEET:
            key, settings = _OF_FLEET[name]
            draft.put((*_FEATURES, key), settings(feature), feature)
        elif name != _FOLLOWS:
            draft.leave(
                feature,
                "",
                f"is feature {name}, which nothing here sets up",
                "keep it in the other Terraform",
            )
    _leave_attached(found, draft)
    for member in found.of("google_gke_hub_membership"):
        draft.leave(
            member,
            "",
            "is a membership by itself, and a cluster here registers itself, which takes over one of its own name",
            "take it out of the other Terraform without destroying it (removed, destroy = false)",
        )


def _leave_attached(found: Found, draft: Draft) -> None:
    """Leave memberships of clusters that no EKS cluster of the states explains: how one is reached stands in no state."""
    issuers = {one.text("identity", 0, "oidc", 0, "issuer") for one in found.of("aws_eks_cluster")}
    for one in of_host(found, draft, "google_container_attached_cluster"):
        if one.text("oidc_config", 0, "issuer_url") in issuers:
            continue  # its cluster's recognizer says what to do
        told = {
            "name": one.text("name"),
            "distribution": one.text("distribution"),
            "kubernetes": ".".join(one.text("kubernetes_version").lstrip("v").split(".")[:2]),
            "platform_version": one.text("platform_version"),
            "location": one.text("location"),
            "issuer": one.text("oidc_config", 0, "issuer_url"),
        }
        written = ", ".join(f'{key}: "{value}"' for key, value in told.items() if value)
        draft.leave(
            one,
            "",
            "is the membership of a cluster that nothing here makes, and by which context of a kubeconfig that is reached stands "
            "in no state",
            f"write fleet.attached_clusters: {{KEY: {{{written}, ..., reached_by: {{context: ..., server: ...}}}}}}, with the jwks, "
            "administrators, logging and managed_prometheus that it has, and import it and the release of its agent in the "
            "companion stack",
        )


def _put_of_members(found: Found, draft: Draft, feature: FoundObject) -> None:
    """The fleet's default, or else what the first member has; members that differ by their keys."""
    key, block, settings = _OF_MEMBERS[feature.text("name")]
    members = {
        cluster: settings(member, (block, 0))
        for member in of_host(found, draft, _MEMBERSHIP)
        if last(member.text("feature")) == feature.text("name")
        for cluster in [_cluster(draft, member)]
        if cluster
    }
    for cluster, one in members.items():
        _leave_open(draft, cluster, one)
    default = ("fleet_default_member_config", 0, block, 0)
    common = settings(feature, default) if feature.blocks(*default[:-1]) else {}
    if not _is_whole(key, common):
        common = next(iter(members.values()), {})
    if not _is_whole(key, common):
        draft.leave(
            feature,
            "",
            "is on, and says nothing of any cluster",
            f"say {'.'.join(map(str, (*_FEATURES, key)))}, or keep it in the other Terraform",
        )
        return
    others = {cluster: one for cluster, one in members.items() if one != common}
    draft.put((*_FEATURES, key), {**common, **said(clusters=others or None)}, feature)


def _is_whole(key: str, settings: Mapping[str, object]) -> bool:
    """Whether settings say enough: Config Sync's a source, which a default leaves out where each cluster has its own."""
    return bool({"git", "oci"} & set(settings)) if key == "config_sync" else bool(settings)


def _leave_open(draft: Draft, cluster: str, settings: Mapping[str, Any]) -> None:
    """Leave out the folder that follows from the tree of manifests."""
    git = settings.get("git") or {}
    if str(git.get("directory")).endswith(f"/{draft.environment}/{cluster}/{SYNCED}"):
        del git["directory"]


def _cluster(draft: Draft, member: FoundObject) -> str | None:
    """The key of the cluster that has a membership's name."""
    name = part(path_of(member), "membershipId") or last(member.text("membership"))
    sections = (("google", "gke_clusters"), ("vmware", "user_clusters"), ("aws", "eks_clusters"))
    for path, origins in draft.origins.items():
        if path[:-1] in sections and any(one.text("name") == name for one in origins):
            return str(path[-1])
    return None


def _config_sync(one: FoundObject, at: tuple[str | int, ...]) -> dict[str, Any]:
    sync = (*at, "config_sync", 0)
    return said(
        git=_repository(one, (*sync, "git", 0)),
        oci=_repository(one, (*sync, "oci", 0)),
        source_format=unless(one.text(*sync, "source_format") or "unstructured", "unstructured"),
        prevent_drift=one.at(*sync, "prevent_drift") or None,
        version=one.text(*at, "version") or None,
    )


def _repository(one: FoundObject, at: tuple[str | int, ...]) -> dict[str, object] | None:
    repo = one.text(*at, "sync_repo")
    if not repo:
        return None
    return said(
        repo=repo,
        branch=unless(one.text(*at, "sync_branch") or "main", "main"),
        revision=one.text(*at, "sync_rev") or None,
        secret_type=one.text(*at, "secret_type") or "none",
        gcp_service_account_email=one.text(*at, "gcp_service_account_email") or None,
        directory=one.text(*at, "policy_dir") or None,
    )


def _policy_controller(one: FoundObject, at: tuple[str | int, ...]) -> dict[str, Any]:
    hub = (*at, "policy_controller_hub_config", 0)
    bundles = {
        str(bundle.get("bundle") or bundle.get("bundle_name")): said(
            exempted_namespaces=bundle.get("exempted_namespaces") or None
        )
        for bundle in one.blocks(*hub, "policy_content", 0, "bundles")
    }
    return said(
        bundles=bundles or None,
        audit_interval_seconds=unless(int(one.at(*hub, "audit_interval_seconds") or 60), 60),
        exemptable_namespaces=one.texts(*hub, "exemptable_namespaces") or None,
        log_denies=None if one.at(*hub, "log_denies_enabled") else False,
        referential_rules=one.at(*hub, "referential_rules_enabled") or None,
        mutation=one.at(*hub, "mutation_enabled") or None,
        version=one.text(*at, "version") or None,
    )


def _service_mesh(one: FoundObject, at: tuple[str | int, ...]) -> dict[str, Any]:
    return {"management": "automatic" if one.text(*at, "management") == "MANAGEMENT_AUTOMATIC" else "manual"}


def _observability(feature: FoundObject) -> dict[str, Any]:
    logging = ("spec", 0, "fleetobservability", 0, "logging_config", 0)
    return said(
        default_logs=feature.text(*logging, "default_config", 0, "mode").lower() or None,
        fleet_scope_logs=feature.text(*logging, "fleet_scope_logs_config", 0, "mode").lower() or None,
    )


def _cluster_upgrade(feature: FoundObject) -> dict[str, Any]:
    upgrade = ("spec", 0, "clusterupgrade", 0)
    upstream = feature.texts(*upgrade, "upstream_fleets")
    seconds = feature.text(*upgrade, "post_conditions", 0, "soaking").removesuffix("s")
    return said(
        upstream_fleet=int(upstream[0]) if upstream else None,
        soaking_days=unless(int(seconds) // _DAY if seconds else 7, 7),
    )


def _multi_cluster_ingress(feature: FoundObject) -> dict[str, Any]:
    return {"config_membership": feature.text("spec", 0, "multiclusteringress", 0, "config_membership")}


_Settings = Callable[[FoundObject, tuple[str | int, ...]], dict[str, Any]]
_OF_MEMBERS: Final[Mapping[str, tuple[str, str, _Settings]]] = {
    "configmanagement": ("config_sync", "configmanagement", _config_sync),
    "policycontroller": ("policy_controller", "policycontroller", _policy_controller),
    "servicemesh": ("service_mesh", "mesh", _service_mesh),
}
"""By the service's name: the key, the block, and what it is read by."""
_OF_FLEET: Final[Mapping[str, tuple[str, Callable[[FoundObject], dict[str, Any]]]]] = {
    "fleetobservability": ("fleet_observability", _observability),
    "clusterupgrade": ("cluster_upgrade", _cluster_upgrade),
    "multiclusteringress": ("multi_cluster_ingress", _multi_cluster_ingress),
}
