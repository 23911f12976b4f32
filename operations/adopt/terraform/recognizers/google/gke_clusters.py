"""GKE clusters, regional and private; others are listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.gke_maintenance import maintenance
from operations.adopt.terraform.recognizers.google.gke_node_pools import POOL, pools_of, put_pools
from operations.adopt.terraform.recognizers.google.kms_keys import key_of
from operations.adopt.terraform.recognizers.google.places import (
    HOST,
    is_region,
    key_beside,
    keyed,
    last,
    meant,
    project_of,
    region_of,
    said,
    unless,
)

TYPE: Final = "google_container_cluster"
PATH: Keys = ("google", "gke_clusters")
_SUBNET: Final = "google_compute_subnetwork"
_ACCOUNT: Final = "google_service_account"
_REGIONAL_ZONES: Final = 3
_KEEP: Final = "keep it in the other Terraform; a cluster beside it takes its place, and its workloads move"
_READER: Final = "roles/artifactregistry.reader"


def recognize_gke_clusters(found: Found, draft: Draft) -> None:
    """Put the clusters whose subnet is the environment's."""
    subnets: set[Keys] = set()
    for cluster in found.of(TYPE):
        subnet = _subnet(found, draft, cluster)
        projects, project = _projects(draft), project_of(cluster)
        why = _why_not(cluster)
        if not why and subnet is None:
            why = "stands in a subnet that no state has, or that is not the environment's"
        elif not why and subnet in subnets:
            why = "stands in a subnet with another cluster, and here each has a subnet of its own"
        elif not why and project not in projects:
            why = f"stands in project {project}, which is not attached to the host project in any state"
        if why or subnet is None:
            draft.leave(cluster, "", why, _KEEP)
            continue
        subnets.add(subnet)
        _put(found, draft, cluster, subnet, projects[project])


def _why_not(cluster: FoundObject) -> str:
    if cluster.at("enable_autopilot") is True:
        return "is an Autopilot cluster, and clusters here have node pools"
    if not is_region(region_of(cluster)):
        return f"is a cluster of zone {region_of(cluster)}, and clusters here are regional"
    if not cluster.text("private_cluster_config", 0, "master_ipv4_cidr_block"):
        return "has no range of its own for the control plane, which clusters here have"
    return ""


def _subnet(found: Found, draft: Draft, cluster: FoundObject) -> Keys | None:
    subnet = meant(found, cluster.text("subnetwork"), cluster, _SUBNET)
    paths = (
        path
        for path, origins in draft.origins.items()
        if path[:-1] == ("google", "network", "subnets") and subnet in origins
    )
    return next(paths, None)


def _projects(draft: Draft) -> dict[str, str | None]:
    """The projects by their ids: keys of service projects, and None for the host project."""
    projects = (draft.at("google", "service_projects") or {}).items()
    return {draft.at(*HOST): None, **{str(one.get("id")): str(key) for key, one in projects}}


def _put(found: Found, draft: Draft, cluster: FoundObject, subnet: Keys, project: str | None) -> None:
    key, name = keyed(draft, PATH, cluster.text("name"))
    path = (*PATH, key)
    private = ("private_cluster_config", 0)
    draft.put(
        path,
        said(
            project=project,
            name=name,
            subnet=subnet[-1],
            control_plane_cidr=cluster.text(*private, "master_ipv4_cidr_block"),
            **_endpoints(draft, cluster),
            global_access=cluster.at(*private, "master_global_access_config", 0, "enabled") or None,
            zones=_zones(cluster),
            secrets_key=_secrets_key(found, draft, cluster),
            release_channel=_channel(cluster),
            maintenance=maintenance(draft, cluster),
            max_pods_per_node=_pods(cluster),
            observability=_observability(draft, cluster) or None,
            backup=_backup(found, draft, cluster, path),
            cost_allocation=None if cluster.at("cost_management_config", 0, "enabled") else False,
        ),
        cluster,
    )
    if cluster.text("database_encryption", 0, "key_name") == "":
        draft.leave(
            cluster,
            "database_encryption",
            "does not encrypt its secrets with a key, and clusters here do",
            f"say {'.'.join(map(str, path))}.secrets_key; GKE encrypts in place",
        )
    put_pools(found, draft, cluster, path)
    _put_account(found, draft, cluster, path)


def _endpoints(draft: Draft, cluster: FoundObject) -> dict[str, Any]:
    config = ("control_plane_endpoints_config", 0)
    by_name = cluster.at(*config, "dns_endpoint_config", 0, "allow_external_traffic")
    by_address = cluster.at(*config, "ip_endpoints_config", 0, "enabled")
    if (
        cluster.at("private_cluster_config", 0, "enable_private_endpoint") is not True
        and by_address is not False
    ):
        draft.leave(
            cluster,
            "private_cluster_config.enable_private_endpoint",
            "has a public endpoint, which no cluster here has",
            "nothing, where those who come by it have another way, such as the DNS endpoint: an apply closes it",
        )
    return {
        "dns_endpoint": None if by_name else False,
        "private_endpoint": False if by_address is False else None,
        "authorized_networks": _authorized(draft, cluster) or None,
    }


def _authorized(draft: Draft, cluster: FoundObject) -> dict[str, str]:
    """Who may come, but for the data centers, who may come anyway."""
    prefixes = draft.at("google", "network", "onprem_prefixes") or []
    networks: dict[str, str] = {}
    for block in cluster.blocks("master_authorized_networks_config", 0, "cidr_blocks"):
        cidr = str(block.get("cidr_block"))
        if cidr not in prefixes:
            networks[key_beside(networks, str(block.get("display_name") or cidr))] = cidr
    return networks


def _zones(cluster: FoundObject) -> list[str] | None:
    zones = sorted(map(last, cluster.texts("node_locations")))
    return zones if zones and len(zones) != _REGIONAL_ZONES else None


def _secrets_key(found: Found, draft: Draft, cluster: FoundObject) -> str | None:
    reference = cluster.text("database_encryption", 0, "key_name")
    key = key_of(found, draft, reference)
    if reference and key is None:
        draft.leave(
            cluster,
            "database_encryption.key_name",
            f"is encrypted with {reference}, which is none of the keys that are taken over",
            "give the state that has the key too; with another key GKE encrypts anew, in place",
        )
    return key


def _channel(cluster: FoundObject) -> object:
    channel = cluster.text("release_channel", 0, "channel").lower()
    return unless(channel if channel in {"rapid", "regular", "stable", "extended"} else "regular", "regular")


def _pods(cluster: FoundObject) -> object:
    pods = cluster.at("default_max_pods_per_node")
    return unless(int(pods) if pods else 110, 110)


def _observability(draft: Draft, cluster: FoundObject) -> dict[str, object]:
    logs = cluster.texts("logging_config", 0, "enable_components")
    metrics = cluster.texts("monitoring_config", 0, "enable_components")
    prometheus = cluster.at("monitoring_config", 0, "managed_prometheus", 0, "enabled") is True
    for attribute, sent, known in (
        ("logging_config", logs, _LOGS),
        ("monitoring_config", metrics, _METRICS),
    ):
        more = sorted(set(sent) - known)
        if more:
            draft.leave(
                cluster,
                f"{attribute}.enable_components",
                f"sends {', '.join(more)} too, which nothing here asks for",
                "nothing, where nobody reads it: an apply ends it",
            )
    pods = set(metrics) & (_METRICS - _SYSTEM)
    return said(
        logs=unless(_level(logs, workloads="WORKLOADS" in logs), "system"),
        metrics=unless(_level(metrics, workloads=bool(pods) and prometheus), "system"),
        managed_prometheus=prometheus or None,
    )


_SYSTEM: Final = frozenset({"SYSTEM_COMPONENTS"})
_LOGS: Final = _SYSTEM | {"WORKLOADS"}
_METRICS: Final = _SYSTEM | {"DAEMONSET", "DEPLOYMENT", "HPA", "POD", "STATEFULSET", "STORAGE"}


def _level(sent: list[str], *, workloads: bool) -> str:
    if not sent:
        return "off"
    return "workloads" if workloads else "system"


def _backup(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> Mapping[str, object] | None:
    for plan in found.of("google_gke_backup_backup_plan"):
        if meant(found, plan.text("cluster"), plan, TYPE) is not cluster:
            continue
        key = key_of(
            found, draft, plan.text("backup_config", 0, "encryption_key", 0, "gcp_kms_encryption_key")
        )
        minute, hour, *days = (plan.text("backup_schedule", 0, "cron_schedule") or "x x x").split()
        if key is None or days != ["*", "*", "*"] or not (minute.isdigit() and hour.isdigit()):
            draft.leave(
                plan,
                "",
                "is no plan by which the cluster is backed up every day with a key that is taken over",
                "keep it in the other Terraform, and say backup_elsewhere: true at the cluster",
            )
            continue
        draft.takes((*path, "backup"), plan)
        return said(
            kms_key=key,
            daily_at=unless(f"{int(hour):02}:{int(minute):02}", "01:30"),
            retain_days=unless(plan.at("retention_policy", 0, "backup_retain_days") or 30, 30),
            delete_lock_days=plan.at("retention_policy", 0, "backup_delete_lock_days") or None,
        )
    return None


def _put_account(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    """The account that the nodes of all pools have, and whose images they pull."""
    emails = {pool.text("node_config", 0, "service_account") for pool in pools_of(found, cluster)} - {""}
    accounts = [
        one
        for one in found.of(_ACCOUNT)
        if one.text("email") in emails and project_of(one) == project_of(cluster)
    ]
    taken = [one for at, origins in draft.origins.items() if at[-1] == "account_id" for one in origins]
    if len(emails) != 1 or len(accounts) != 1 or accounts[0] in taken:
        draft.leave(
            cluster,
            f"{POOL}.node_config.service_account",
            f"has nodes of {', '.join(sorted(emails)) or 'an account that no state tells'}, and nodes here have an account of "
            "their cluster's own",
            "let pools with the new account stand beside the old ones, and drain these",
        )
        return
    account = accounts[0]
    derived = f"{draft.organization}-{draft.environment}-gke-{path[-1]}"
    account_id = account.text("account_id")
    draft.put((*path, "account_id"), unless(account_id, derived), account)
    for member in found.of("google_artifact_registry_repository_iam_member"):
        if (
            member.text("member") == f"serviceAccount:{account.text('email')}"
            and member.text("role") == _READER
        ):
            _put_repository(draft, member, (*path, "image_repositories"))


def _put_repository(draft: Draft, member: FoundObject, path: Keys) -> None:
    repository = last(member.text("repository"))
    place = f"projects/{project_of(member)}/locations/{region_of(member)}/repositories/{repository}"
    draft.put((*path, draft.key(path, repository)), place, member)
