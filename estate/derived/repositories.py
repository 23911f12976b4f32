"""Whether two URLs are of one repository, which is what rules on who reads what ask.

Left out: what only a host knows, such as a repository that was renamed and still answers by its old name.
"""

from __future__ import annotations

import re
from typing import Final

from estate.model.organization import Organization

_WHO: Final = re.compile(r"^([a-z]+://)?([^/@]*@)?")
_HOST: Final = re.compile(r"^([^/:]+)(:[0-9]+(?=/))?[:/]+")


def same_repository(one: str, other: str) -> bool:
    """Whether both are of one repository: by whichever way, as whoever, with .git or without it, in whatever case."""
    return _plain(one) == _plain(other)


def tree_urls(organization: Organization) -> list[str]:
    """The URLs that are known of the repository that holds the tree of manifests; none where nobody says one."""
    gitops, argo_cd = organization.gitops, organization.argo_cd
    said = [gitops.repo if gitops else None, argo_cd.repo if argo_cd else None]
    return [url for url in said if url]


def _plain(url: str) -> str:
    return _HOST.sub(r"\1/", _WHO.sub("", url.lower())).rstrip("/").removesuffix(".git")
