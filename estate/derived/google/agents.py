"""The service agents of projects, as IAM members; each exists once the API that it works for is on.

https://docs.cloud.google.com/iam/docs/service-agents
"""

from __future__ import annotations


def container_agent(number: int) -> str:
    """GKE's agent of a project: makes nodes, uses keys, manages the host project's firewall for clusters."""
    return f"serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com"


def google_apis_agent(number: int) -> str:
    """The agent that makes a project's machines for managed instance groups, which node pools are."""
    return f"serviceAccount:{number}@cloudservices.gserviceaccount.com"


def fleet_agent(number: int) -> str:
    """The fleet's agent of its host project: registers clusters, those of other projects too."""
    return f"serviceAccount:service-{number}@gcp-sa-gkehub.iam.gserviceaccount.com"
