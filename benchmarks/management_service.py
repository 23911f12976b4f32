"""The management service in an environment of the estates that are measured."""

from __future__ import annotations

from typing import Any, Final

RESOURCES: Final = 42


def management_service(administrator: str, public_key: str) -> dict[str, Any]:
    """Return the service of an environment whose keys are called as its defaults say."""
    return {
        "version": "aws-1.4.1-gke.15",
        "admin_identity_arns": [administrator],
        "google_cloud": {"project_id": "kl-benchmark"},
        "key_pair": {"public_key": public_key},
        "cluster_example": {
            "version": "1.16.9-gke.12",
            "services": "192.168.0.0/17",
            "pods": "192.168.128.0/17",
        },
    }
