"""Whether a plan can talk to clusters of others: the kubeconfig that logs in, its context, the way to the API.

Left out: whether who logs in may install Google's agent, which only the cluster knows; and what the kubeconfig holds to log in
with, which is read and never said.
"""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import yaml

from estate.derived.stack_plan import ContextApi
from operations.reach.connection import plain_connection

PATH_VARIABLE: Final = "KUBE_CONFIG_PATH"
"""What the Helm provider takes the kubeconfig from."""
_PATHS_VARIABLE: Final = "KUBE_CONFIG_PATHS"


def context_refusals(clusters: Sequence[ContextApi], patience_seconds: float) -> Iterator[str]:
    """Say why a plan would fail at these clusters, and what to do; nothing when it would not for these reasons."""
    if not clusters:
        return
    if os.environ.get(_PATHS_VARIABLE):
        yield (
            f"{_PATHS_VARIABLE} is set, which the Helm provider takes for every cluster, EKS among them: unset it, and name one "
            f"file in {PATH_VARIABLE}"
        )
    path = os.environ.get(PATH_VARIABLE)
    if not path:
        yield (
            f"{PATH_VARIABLE} is not set: export the path of a kubeconfig with the contexts "
            f"{', '.join(one.context for one in clusters)}; it stands in no file"
        )
        return
    config = _kubeconfig(path)
    if config is None:
        yield f"{PATH_VARIABLE} names {path}, which is no kubeconfig that can be read"
        return
    for cluster in clusters:
        why = _why_another_server(config, cluster) or _why_out_of_reach(cluster, patience_seconds)
        if why:
            yield f"attached cluster {cluster.key} {why}"


def _kubeconfig(path: str) -> dict[str, Any] | None:
    try:
        found = yaml.safe_load(Path(path).expanduser().read_text("utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None
    return found if isinstance(found, dict) else None


def _why_another_server(config: dict[str, Any], cluster: ContextApi) -> str | None:
    context = _named(config, "contexts", "context", cluster.context)
    if context is None:
        return (
            f"has its context {cluster.context} not in what {PATH_VARIABLE} names: look at reached_by.context"
        )
    leads_to = _named(config, "clusters", "cluster", context.get("cluster")) or {}
    server = str(leads_to.get("server"))
    if server.removesuffix("/").removesuffix(":443") != cluster.server.removesuffix(":443"):
        return (
            f"is reached at {cluster.server} by its file, and its context {cluster.context} leads to {server}: look which of the "
            "two is meant"
        )
    return None


def _named(config: dict[str, Any], list_: str, field: str, name: object) -> dict[str, Any] | None:
    entries = config.get(list_)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and entry.get("name") == name:
            found = entry.get(field)
            return found if isinstance(found, dict) else None
    return None


def _why_out_of_reach(cluster: ContextApi, patience_seconds: float) -> str | None:
    try:
        # Not its certificate, which only the cluster's own authority vouches for: the provider looks at that.
        with closing(plain_connection(cluster.host, cluster.port, patience_seconds)) as connection:
            connection.connect()
    except (OSError, http.client.HTTPException, ValueError) as error:
        unsaid = "no answer" if isinstance(error, TimeoutError) else error
        reason = getattr(error, "strerror", None) or unsaid
        return (
            f"is out of reach at {cluster.host}:{cluster.port} ({reason}): run this where its API lets you in, or through a proxy "
            "in HTTPS_PROXY"
        )
    return None
