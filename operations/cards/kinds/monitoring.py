"""Where telemetry of the clusters goes, and what of it Google charges by volume."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.monitoring import stackdriver
from estate.facts.google.telemetry_prices import price
from estate.facts.software import packages
from estate.model.cluster import Cluster, ClusterKind
from estate.model.monitoring.google_telemetry import SystemAndWorkloads, SystemMetrics
from estate.model.monitoring.monitoring import MonitoringConfig, MonitoringSettings
from operations.cards.card import Card, Entity, Step, Turn, Weight
from operations.cards.steps.commands import kubeconfig

_NAMESPACE: Final = packages()["k8s-monitoring"].namespace


def _rows(entity: Entity[MonitoringConfig]) -> Iterator[tuple[str, str]]:
    """Where each kind goes, from all clusters and from those that have settings of their own."""
    yield "", _goes(entity.config)
    for cluster in sorted(entity.config.clusters):
        yield f"clusters.{cluster}", _goes(entity.config.of(cluster))
    received = [f"of {one.key} {_received(entity.config.of(one.key))}" for one in _on_prem(entity)]
    if received:
        yield "google", "; ".join(received)


def _goes(settings: MonitoringSettings) -> str:
    where = [
        f"{kind} to {one.url}{f' as {one.tenant}' if one.tenant else ''}"
        for kind, one in settings.destinations.items()
    ]
    return "; ".join(where) or "to nothing of one's own"


def _warnings(entity: Entity[MonitoringConfig]) -> Iterator[tuple[Weight, str]]:
    """What a cluster on VMware sends that Google charges by volume; other kinds of clusters say it in their own rows."""
    for one in _on_prem(entity):
        google = entity.config.of(one.key).google
        if google is None:
            yield (
                Weight.TOLD,
                f"nothing says what user cluster {one.key} sends to Google, which by itself is logs and metrics of all its pods, "
                f"charged by volume ({price('logs')}; {price('samples')}); say monitoring.google",
            )
            continue
        charged = [
            *([f"logs of all pods ({price('logs')})"] if google.logs is SystemAndWorkloads.WORKLOADS else ()),
            *([f"Prometheus metrics ({price('samples')})"] if google.managed_prometheus else ()),
        ]
        if charged:
            yield (
                Weight.TOLD,
                f"user cluster {one.key} sends {' and '.join(charged)} to Google, charged by volume",
            )


def _steps(entity: Entity[MonitoringConfig]) -> Iterator[Step]:
    for one in entity.environment.clusters:
        settings = entity.config.of(one.key)
        if settings.entries:
            yield _secret(entity, one, settings)
    for one in _on_prem(entity):
        said = stackdriver(entity.environment, one.key)
        if said:
            yield _patch(entity, one, json.dumps({"spec": dict(said)}))


def _secret(entity: Entity[MonitoringConfig], one: Cluster, settings: MonitoringSettings) -> Step:
    kubectl = f"kubectl --kubeconfig {kubeconfig(entity.environment.environment, one.key)}"
    entries = " ".join(f"--from-file={entry}={entry.upper()}_FILE" for entry in settings.entries)
    made = f"{kubectl} create secret generic {settings.secret} --namespace={_NAMESPACE} {entries}"
    return Step(
        Turn.IN_CLUSTERS,
        f"give the collectors in cluster {one.key} what opens the destinations of its telemetry, from files without a line break "
        "at their end that you delete then; nothing is sent before",
        (
            f"{kubectl} create namespace {_NAMESPACE} --dry-run=client --output=yaml | {kubectl} apply --server-side -f -",
            made,
        ),
        (f"{kubectl} get secret {settings.secret} --namespace={_NAMESPACE}",),
    )


def _patch(entity: Entity[MonitoringConfig], one: Cluster, patch: str) -> Step:
    kubectl = (
        f"kubectl --kubeconfig {kubeconfig(entity.environment.environment, one.key)} --namespace=kube-system"
    )
    return Step(
        Turn.IN_CLUSTERS,
        f"have user cluster {one.key} send to Google what the file says, and again when that changes: the cluster makes the "
        "object itself and writes it, so that no tree of manifests can hold it",
        (f"{kubectl} patch stackdriver stackdriver --type=merge --patch='{patch}'",),
        (f"{kubectl} get stackdriver stackdriver --output=jsonpath='{{.spec}}'",),
    )


def _on_prem(entity: Entity[MonitoringConfig]) -> Iterator[Cluster]:
    yield from (one for one in entity.environment.clusters if one.kind is ClusterKind.ON_PREM)


def _received(settings: MonitoringSettings) -> str:
    """What Google gets of a cluster on VMware, in words."""
    google = settings.google
    if google is None:
        return "whatever its software begins with"
    metrics = "fewer metrics" if google.metrics is SystemMetrics.REDUCED else "all metrics"
    logs = "and of all pods" if google.logs is SystemAndWorkloads.WORKLOADS else "alone"
    prometheus = ", managed Prometheus" if google.managed_prometheus else ""
    return f"{metrics} of its software, logs of that {logs}{prometheus}"


CARD = Card(
    path="monitoring",
    models=(MonitoringConfig,),
    noun="monitoring",
    parts=("metrics", "logs", "traces", "google", "clusters"),
    rows=_rows,
    warnings=_warnings,
    steps=_steps,
)
