"""Rules on what Config Sync reads where a tree of manifests is, and somebody else applies that.

Without a folder Config Sync reads the whole repository, with the folder of every cluster of every environment in it:
https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/reference/gcloud-apply-fields (policyDir), 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from estate.derived.repositories import same_repository, tree_urls
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.fleet.config_sync import GitRepository
from estate.model.gitops import Applier, GitOps
from estate.model.rules import Path, Violation, rule

_AT: Path = ("fleet", "features", "config_sync")


@rule(on=Estate)
def config_sync_reads_no_whole_tree(estate: Estate) -> Iterator[Violation]:
    """Config Sync takes the manifests of all clusters into none: it reads a folder beside the tree where another one applies that."""
    gitops, urls = estate.organization.gitops, tree_urls(estate.organization)
    if gitops is None or gitops.applier is Applier.CONFIG_SYNC:
        return
    for name, environment in estate.environments.items():
        for path, git in _read(environment):
            if urls and not any(same_repository(git.repo, url) for url in urls):
                continue
            if why := _too_much(gitops, git, is_known=bool(urls)):
                yield Violation((name, *path, "directory"), why, (ORGANIZATION, "gitops", "applier"))


def _read(environment: Environment) -> Iterator[tuple[Path, GitRepository]]:
    """What the fleet's default and single clusters read, with where that stands."""
    feature = environment.fleet.features.config_sync if environment.fleet else None
    if feature is None:
        return
    for path, one in [
        (_AT, feature),
        *(((*_AT, "clusters", key), own) for key, own in feature.clusters.items()),
    ]:
        if one.git:
            yield (*path, "git"), one.git


def _too_much(gitops: GitOps, git: GitRepository, *, is_known: bool) -> str:
    """Why the folder cannot be; empty where it can."""
    order = f"and gitops.applier is {gitops.applier}"
    end = "name a folder beside it, take the feature out, or leave applier: config_sync"
    if git.directory is None:
        whose = (
            "of the tree"
            if is_known
            else "that may be the tree's, whose URL neither gitops.repo nor argo_cd.repo says"
        )
        return (
            f"must be named: without it each cluster reads the whole of {git.repo}, a repository {whose}, {order}, so that it "
            f"would be administered as every cluster; {end}"
        )
    if is_known and PurePosixPath(gitops.path).is_relative_to(normpath(git.directory)):
        return f"must not hold {gitops.path}, got {git.directory}: the manifests of every cluster are in it, {order}; {end}"
    return ""
