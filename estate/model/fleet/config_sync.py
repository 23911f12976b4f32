"""Config Sync: what the member clusters are kept in step with.

Left out: the hierarchy controller and the Policy Controller inside Config Management, which are
deprecated, and secrets of repositories, which a person puts into the cluster.
See https://docs.cloud.google.com/kubernetes-engine/config-sync/docs
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import StrictBool, StringConstraints

from estate.model.base import Model
from estate.model.fleet.values import MemberKey, ServiceAccountEmail
from estate.model.rules import Violation, rule
from estate.model.words import Words

FolderPath = Annotated[
    str,
    StringConstraints(pattern=r"^[!-.0-~][!-~]*$"),
    Words("a folder from the top of the repository, without a slash before it"),
]
"""Folder in a repository."""


class SourceFormat(StrEnum):
    """How a repository is laid out."""

    UNSTRUCTURED = "unstructured"
    HIERARCHY = "hierarchy"


class Secret(StrEnum):
    """What a cluster proves to a repository that it may read it with."""

    NONE = "none"
    SSH = "ssh"
    COOKIE_FILE = "cookiefile"
    TOKEN = "token"  # noqa: S105 - the name of a kind of secret
    GCE_NODE = "gcenode"
    SERVICE_ACCOUNT = "gcpserviceaccount"


class _Repository(Model):
    secret_type: Secret
    """What the cluster reads it with: none for a public one; ssh, token or cookiefile with the secret
    git-creds in config-management-system; gcpserviceaccount with the account below."""
    gcp_service_account_email: ServiceAccountEmail | None = None
    """Service account that reads it; needed with secret_type: gcpserviceaccount, refused without."""
    directory: FolderPath | None = None
    """Folder that is synced. When absent: each cluster's own folder of manifests, where gitops.applier is config_sync and the
    repository is that of the tree; the whole elsewhere."""

    @rule
    def _account_and_secret_go_together(self) -> Iterator[Violation]:
        """A service account is named where repositories are read as one, and nowhere else."""
        if (self.secret_type is Secret.SERVICE_ACCOUNT) != (self.gcp_service_account_email is not None):
            yield Violation(
                ("gcp_service_account_email",),
                f"goes with secret_type: gcpserviceaccount and no other, got {self.secret_type}; "
                "give both or neither",
                ("secret_type",),
            )


class GitRepository(_Repository):
    """A Git repository."""

    repo: Annotated[str, StringConstraints(pattern=r"^(https://|ssh://|git@)[!-~]+$"), Words("a URL")]
    """Its URL: https://, ssh:// or git@."""
    branch: Annotated[str, StringConstraints(min_length=1)] = "main"
    """Branch; main when absent."""
    revision: Annotated[str, StringConstraints(min_length=1)] | None = None
    """Tag or commit to stay at; the branch's newest when absent."""


class OciRepository(_Repository):
    """An OCI image that holds the configuration."""

    repo: Annotated[
        str,
        StringConstraints(pattern=r"^[-a-z0-9.]+(:[0-9]+)?/[!-~]+$"),
        Words("an image such as europe-north1-docker.pkg.dev/my-project/config/cluster"),
    ]
    """The image, with a tag or digest."""


class ConfigSyncSettings(Model):
    """What a cluster syncs from: exactly one of git and oci."""

    git: GitRepository | None = None
    """A Git repository."""
    oci: OciRepository | None = None
    """An OCI image."""
    source_format: SourceFormat = SourceFormat.UNSTRUCTURED
    """Layout of the repository; unstructured when absent."""
    prevent_drift: StrictBool = False
    """Whether changes made by hand are refused by the cluster; false when absent, they are undone then."""
    version: (
        Annotated[
            str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$"), Words("a version such as 1.21.0")
        ]
        | None
    ) = None
    """Version of Config Sync to stay at; the newest at installation when absent."""

    @rule
    def _one_source(self) -> Iterator[Violation]:
        """Clusters are kept in step with one source, a Git or an OCI repository."""
        given = [name for name in ("git", "oci") if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) if given else "none"
            yield Violation(
                (), f"must name exactly one of git and oci, got {found}", *([] if given else [()])
            )


class ConfigSync(ConfigSyncSettings):
    """Config Sync in every member cluster."""

    clusters: dict[MemberKey, ConfigSyncSettings] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""
