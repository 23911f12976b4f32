"""A cluster that nothing here makes, as a member of the fleet: AKS, EKS of others, any conformant cluster.

Only the membership is made, with Google's agent in the cluster. Left out: the cluster itself, its nodes and whatever its
cloud asks for, and of the membership proxies, binary authorization and security posture.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/generic/reference/cluster-prerequisites, and those of
aks and eks beside it (excerpts, 2026-12-01)
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, StrictBool, StringConstraints

from estate.facts.aws.eks_versions import platforms_for, versions
from estate.model.access.values import GroupEmail, UserEmail
from estate.model.aws.eks_attach import AttachConfig
from estate.model.aws.values import KubernetesMinor
from estate.model.base import Model
from estate.model.fleet.jwks import Jwks
from estate.model.lists import stands_once
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule
from estate.model.words import Words

HTTPS: Final = 443
_INSIDE: Final = ("svc", "local", "internal", "localhost")


class Distribution(StrEnum):
    """Whose Kubernetes a cluster is."""

    EKS = "eks"
    AKS = "aks"
    GENERIC = "generic"


AttachedName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 63, no hyphen at either end"),
]
"""Name of an attached cluster, "Valid characters are /[a-z][0-9]-/. Cannot be longer than 63 characters", and of its
membership, which takes no hyphen at either end:
https://cloud.google.com/kubernetes-engine/multi-cloud/docs/reference/rest/v1/projects.locations.attachedClusters/create
(excerpt, 2026-12-01)."""

IssuerUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[-a-z0-9.]+(:[0-9]{1,5})?(/[-_.~A-Za-z0-9/]*)?$"),
    Words("the URL of an issuer, with https:// and neither query nor fragment"),
]
"""What stands as issuer in the tokens of a cluster's service accounts: "issuer must start with https://", the provider's
documentation of oidc_config, 7.45.0."""

KubeContext = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][-_.:/@A-Za-z0-9]{0,252}$"),
    Words("the name of a context of a kubeconfig, letters, digits and -_.:/@"),
]
"""Name of a context in a kubeconfig."""


def _with_a_port_that_there_is(url: str) -> str:
    try:
        if urlsplit(url).port != 0:
            return url
    except ValueError:
        pass
    message = f"must have a port from 1 to 65535, got {url}"
    raise ValueError(message)


ServerUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[-a-z0-9]+(\.[-a-z0-9]+)*(:[0-9]{1,5})?$"),
    AfterValidator(_with_a_port_that_there_is),
    Words("https://, a host in lower case and its port where that is not 443, and nothing behind it"),
]
"""Where an API server answers, as a kubeconfig says it."""


class ReachedBy(Model):
    """How whoever applies the companion stack logs in to the cluster, for Google's agent."""

    context: KubeContext
    """Context of the kubeconfig that KUBE_CONFIG_PATH names on the machine that plans and applies; what it logs in with stands
    there and in no file here."""
    server: ServerUrl
    """Where the cluster's API answers, as that context's cluster has it. The agent is installed there and nowhere else, so
    that a context of this name on another machine cannot bring it into another cluster."""

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.server)
        return parts.hostname or "", parts.port or HTTPS


class AttachedClusterConfig(AttachConfig):
    """One cluster of others, attached in the companion stack `<environment>-attach`."""

    name: AttachedName | None = None
    """Name of the membership, to keep when the map key is renamed, or of one that exists; organization, environment and map
    key when absent. Another name replaces the membership."""
    distribution: Distribution
    """eks, aks, or generic for any other conformant cluster. Another one replaces the membership."""
    kubernetes: KubernetesMinor
    """Kubernetes that the cluster runs, in quotes, such as "1.35"; nothing here upgrades it, and platform_version follows it."""
    issuer: IssuerUrl
    """Issuer of the tokens of its service accounts, by which Google knows its agents: az aks show --query
    oidcIssuerProfile.issuerUrl, aws eks describe-cluster --query cluster.identity.oidc.issuer, or issuer of kubectl get --raw
    /.well-known/openid-configuration. Another one replaces the membership."""
    jwks: Jwks | None = None
    """Public keys of the issuer, where Google cannot ask it for them: kubectl get --raw /openid/v1/jwks | base64 -w0. It is asked
    when absent. Others, and so the cluster's next signing keys, replace the membership."""
    admin_groups: tuple[GroupEmail, ...] = ()
    """Google groups whose members administer this cluster, beside the platform team."""
    admin_users: tuple[UserEmail, ...] = ()
    """People who administer this cluster, beside those in break_glass."""
    reached_by: ReachedBy
    """How Google's agent comes into the cluster."""
    leaves: StrictBool = False
    """Whether the cluster leaves the fleet: an apply takes membership and agent away, by the log-in that is still known then.
    The whole entry goes after that; false when absent."""

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the membership."""
        return self.name or physical_name(organization, environment, key)

    @rule
    def _platform_goes_with_kubernetes(self) -> Iterator[Violation]:
        """The platform version is of the cluster's minor version of Kubernetes, or of the one before."""
        fit, got = platforms_for(self.kubernetes), self.platform_version
        if not fit:
            yield Violation(
                ("kubernetes",),
                f"must be a version that there is a platform version for, {', '.join(versions().platforms)} or the one after, "
                f"got {self.kubernetes}; if Google has one by now, add it to estate/facts/aws/eks_versions.json",
            )
        elif ".".join(got.split(".")[:2]) not in fit:
            yield Violation(
                ("platform_version",),
                f"must be of {' or '.join(fit)} for Kubernetes {self.kubernetes}, got {got}; "
                "gcloud container attached get-server-config lists what there is",
                ("kubernetes",),
            )

    @rule
    def _private_issuers_bring_their_keys(self) -> Iterator[Violation]:
        """Google asks a public issuer for its keys, and is given those of one that it cannot reach.

        "Clusters with public issuers only need to specify the issuer_url field while clusters with private issuers need to
        provide both": AttachedOidcConfig of the API's reference. "The cluster must have a public IAM OIDC Identity Provider":
        the prerequisites for EKS (excerpts, 2026-12-01).
        """
        if self.distribution is Distribution.EKS and self.jwks:
            yield Violation(
                ("jwks",), "must be left out for eks, whose issuer is public; take it out", ("distribution",)
            )
        elif self.jwks is None and _is_private(self.issuer):
            yield Violation(
                ("issuer",),
                f"is one that Google cannot ask for its keys, got {self.issuer}; add jwks, or have the cluster issue by a public "
                "URL (AKS: az aks update --enable-oidc-issuer)",
                ("jwks",),
            )

    @rule
    def _administrators_differ(self) -> Iterator[Violation]:
        """Each administrator stands once."""
        yield from stands_once("admin_groups", self.admin_groups)
        yield from stands_once("admin_users", self.admin_users)


def _is_private(issuer: str) -> bool:
    """Whether nobody outside can ask an issuer, by its host; one that a firewall closes is not seen."""
    host = urlsplit(issuer).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.rpartition(".")[2] in _INSIDE
