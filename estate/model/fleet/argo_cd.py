"""How the Argo CD of each member cluster brings in what teams' repositories say, in one environment.

What is the same everywhere stands in `argo_cd` of organization.yaml (:mod:`estate.model.argo_cd`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import StrictBool, StringConstraints

from estate.model.base import Model
from estate.model.fleet.values import MemberKey
from estate.model.words import Words

InstanceUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[-a-z0-9.]+(:[0-9]+)?(/[-_.a-z0-9/]*[-_.a-z0-9])?$"),
    Words("a URL such as https://argo-dev.example.com, without a slash at its end"),
]
"""Where people find an Argo CD."""


class ArgoCdInstances(Model):
    """The Argo CD of each member cluster."""

    urls: dict[MemberKey, InstanceUrl] = {}
    """Where people find each cluster's, by the cluster's key; needed of each with argo_cd.sign_in."""
    autosync: StrictBool | None = None
    """Whether what a team merges is applied by itself; when absent it is, but in the last environment of promotion, where
    somebody with edit or admin syncs."""
    prune: StrictBool | None = None
    """Whether what leaves a team's repository, a whole directory too, is deleted in the cluster; as autosync when absent."""
    self_heal: StrictBool | None = None
    """Whether what somebody changed in the cluster is taken back; as autosync when absent."""
