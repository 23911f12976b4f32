"""Where the manifests of what runs in the clusters live, and who applies them.

`hybrid manifests` writes one folder a cluster, `PATH/ENV/CLUSTER/synced`, and whoever applies it reads that and nothing else.
Left out: what the folders hold, which follows from the rest of the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from estate.model.access.values import NamespaceName
from estate.model.base import Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.words import Words

TreePath = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][-_.A-Za-z0-9]*(/[A-Za-z0-9][-_.A-Za-z0-9]*)*$"),
    Words("a folder from the top of the repository such as clusters, without a slash before it or behind it"),
]
"""Folder in a repository that files are written to."""

RepositoryUrl = Annotated[
    str,
    StringConstraints(pattern=r"^(https://|ssh://|git@)[-_.~:/@%+A-Za-z0-9]+$"),
    Words("a URL: https://, ssh:// or git@, of letters, digits and -_.~:/@%+"),
]
"""URL of a Git repository; nothing in it that Argo CD takes for a pattern, or a shell for more than a word."""


class Applier(StrEnum):
    """Who brings the manifests into the clusters."""

    CONFIG_SYNC = "config_sync"
    ARGO_CD = "argo_cd"
    NONE = "none"


class GitOps(Model):
    """The tree of manifests."""

    repo: RepositoryUrl | None = None
    """Another repository that holds the tree, a checkout of which `hybrid manifests --output` is told; this one when absent."""
    path: TreePath = "clusters"
    """Folder that holds the tree, from the top of its repository; clusters when absent. Move the folder with it: whoever
    applies the tree takes away what it no longer finds."""
    applier: Applier = Applier.NONE
    """config_sync, where the fleet's feature reads a cluster's folder; argo_cd, one in each cluster; none: a person, by
    kubectl. none when absent."""
    namespaces: tuple[NamespaceName, ...] = ()
    """Namespaces under no team's prefix that Argo CD may make, change and delete all the same, such as monitoring; none
    when absent. For applier: argo_cd alone, which an admission policy keeps from all others."""

    @rule
    def _namespaces_stand_once(self) -> Iterator[Violation]:
        """A namespace that Argo CD may touch is named once."""
        yield from stands_once("namespaces", self.namespaces)

    @rule
    def _namespaces_are_for_argo_cd(self) -> Iterator[Violation]:
        """Namespaces are named for Argo CD, which alone is kept from others."""
        if self.namespaces and self.applier is not Applier.ARGO_CD:
            yield Violation(
                ("namespaces",),
                f"goes with applier: argo_cd, got {self.applier}, which nothing keeps from any namespace; take it out",
                ("applier",),
            )
