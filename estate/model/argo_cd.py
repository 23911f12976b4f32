"""Argo CD, one in each member cluster, and what teams' repositories are to it.

Never one for all clusters: through the Connect gateway its watches break (argoproj/argo-cd#17900, gitops-engine#523), and
it would hold the credentials of every environment. Left out: what differs between environments, which is
`fleet.argo_cd` of each (:mod:`estate.model.fleet.argo_cd`), and secrets, which people put into the clusters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from estate.facts.software import Package, packages
from estate.model.base import Key, Model
from estate.model.gitops import RepositoryUrl
from estate.model.rules import Violation, rule
from estate.model.words import Words

GitRevision = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][-_./A-Za-z0-9]*$"),
    Words("a branch, a tag or a commit such as main"),
]
"""What is read of a Git repository."""

GroupClaim = Annotated[
    str,
    StringConstraints(pattern=r"^[!#-+\--~]{1,128}$"),
    Words("what the claim says of a group, such as its id, without spaces, commas and double quotes"),
]
"""A group as the identity provider tells it to Argo CD."""

ClaimName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][-_:./A-Za-z0-9]*$"),
    Words("the name of a claim or scope such as groups"),
]
"""Name of a claim or of a scope of OpenID Connect."""

SecretName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$"),
    Words("the name of a Kubernetes Secret: lower-case letters, digits, hyphens and dots, at most 63"),
]
"""Name of a Secret, which is no secret."""

IssuerUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[-a-z0-9.]+(:[0-9]+)?(/[-_.~A-Za-z0-9/]*)?$"),
    Words("a URL such as https://login.example.com"),
]
"""URL of an identity provider, as its tokens name it."""

_OF_GOOGLE: Final = "https://accounts.google.com"


def releases() -> dict[str, Package]:
    """The releases that may be named by version, the one that is taken where none is said first."""
    return {one.version: one for name, one in packages().items() if name.partition("@")[0] == "argo-cd"}


class AppsRepository(Model):
    """A repository that a team's applications are in."""

    url: RepositoryUrl
    """Its URL, as Argo CD reads it."""
    revision: GitRevision = "main"
    """Branch, tag or commit that is read; main when absent."""


class AppsRepo(AppsRepository):
    """The repositories of a team: directory env/ENVIRONMENT/CLUSTER/NAMESPACE of one becomes what runs in a namespace."""

    further: dict[Key, AppsRepository] = {}
    """Further ones by name, whose directories become applications in the same namespaces; none when absent."""


class SignIn(Model):
    """How people sign in to Argo CD: OpenID Connect, with a claim that says their groups.

    https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#existing-oidc-provider, read 2026-11-30.
    """

    issuer: IssuerUrl
    """The identity provider, as its tokens name it."""
    client_id: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,255}$"), Words("the id of a client")]
    """Id of Argo CD at the identity provider, which has to allow URL/auth/callback of each cluster's Argo CD."""
    client_secret: SecretName | None = None
    """Name of the Secret in namespace argocd whose key client-secret is the client's secret, put there by hand; when absent,
    Argo CD is a public client that proves itself by PKCE."""
    groups_claim: ClaimName = "groups"
    """Claim that says somebody's groups; groups when absent."""
    scopes: Annotated[tuple[ClaimName, ...], Field(min_length=1)] = ("openid", "profile", "email", "groups")
    """Scopes that are asked for; openid, profile, email and groups when absent. Entra knows no scope groups."""

    @rule
    def _issuer_says_groups(self) -> Iterator[Violation]:
        """The identity provider says groups, by which alone anybody may anything.

        https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/google/, read 2026-11-30.
        """
        if self.issuer.rstrip("/") == _OF_GOOGLE:
            yield Violation(
                ("issuer",),
                f"must say people's groups, got {self.issuer}, which says none by OpenID Connect; name one that does, such as "
                "a Dex with Google's groups behind it",
            )


class ArgoCd(Model):
    """Argo CD in every member cluster, by which teams' repositories come into their namespaces."""

    version: str | None = None
    """Release that is installed, one of those whose file is known with its checksum; the one that this project is proven
    with when absent."""
    repo: RepositoryUrl | None = None
    """URL by which Argo CD reads the tree of manifests; gitops.repo when absent, and needed where the tree lives in this
    repository."""
    revision: GitRevision = "main"
    """Branch, tag or commit of the tree that is read; main when absent."""
    sign_in: SignIn | None = None
    """How people sign in; nobody but Argo CD's own administrator when absent."""

    @rule
    def _version_is_known(self) -> Iterator[Violation]:
        """The release is one whose file is known with its checksum."""
        known = releases()
        if self.version and self.version not in known:
            yield Violation(
                ("version",),
                f"must be one of {', '.join(known)}, whose files are known with their checksums, got {self.version}; before "
                "3.3.0 no project can be held to namespaces by their names",
            )

    @property
    def release(self) -> Package:
        """The release that is installed."""
        known = releases()
        return known[self.version] if self.version else next(iter(known.values()))
