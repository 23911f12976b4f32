"""Whether a plan can talk to EKS clusters: the AWS CLI that logs in, the cluster, the way to its endpoint.

Left out: whether the identity may administer the cluster, which only its access entries know.
"""

from __future__ import annotations

import http.client
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from urllib.parse import urlsplit

from estate.derived.stack_plan import EksApi
from operations.reach.connection import plain_connection

_CLI = "aws"
_HTTPS = 443
_CLI_PATIENCE_SECONDS = 60


def eks_refusals(clusters: Sequence[EksApi], patience_seconds: float) -> Iterator[str]:
    """Say why a plan would fail at these clusters, and what to do; nothing when it would not for these reasons."""
    if not clusters:
        return
    if shutil.which(_CLI) is None:
        yield "there is no aws on PATH: install version 2 of the AWS CLI, by which Helm logs in to clusters"
        return
    for cluster in clusters:
        endpoint, why = _endpoint(cluster)
        if why is None:
            why = _why_out_of_reach(endpoint, patience_seconds)
        if why is not None:
            yield f"EKS cluster {cluster.cluster} {why}"


def _endpoint(cluster: EksApi) -> tuple[str, str | None]:
    command = [_CLI, "eks", "describe-cluster", "--name", cluster.cluster, "--region", cluster.region]
    command += ["--query", "cluster.endpoint", "--output", "text"]
    try:
        done = subprocess.run(  # noqa: S603 - the user's own AWS CLI, no shell
            command, capture_output=True, text=True, check=False, timeout=_CLI_PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return "", f"cannot be asked for: aws does not answer within {_CLI_PATIENCE_SECONDS} seconds"
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"aws ends with {done.returncode}"
        return "", f"cannot be asked for ({said}): log in to AWS, or apply the environment's own stack first"
    return done.stdout.strip(), None


def _why_out_of_reach(endpoint: str, patience_seconds: float) -> str | None:
    parts = urlsplit(endpoint)
    host, port = parts.hostname or "", parts.port or _HTTPS
    try:
        # Not its certificate, which only the cluster's own authority vouches for: the provider looks at that.
        with closing(plain_connection(host, port, patience_seconds)) as connection:
            connection.connect()
    except (OSError, http.client.HTTPException, ValueError) as error:
        unsaid = "no answer" if isinstance(error, TimeoutError) else error
        reason = getattr(error, "strerror", None) or unsaid
        return (
            f"is out of reach at {host}:{port} ({reason}): run this where endpoint.private_from lets you in, or through "
            "the bastion's tunnel with HTTPS_PROXY where that stands in its VPC"
        )
    return None
