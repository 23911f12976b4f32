"""Who comes to the API of an EKS cluster: from where, and as which AWS identity.

People of the teams come by the Connect gateway and their groups instead, as in every cluster of the fleet; the
AWS identities here are for installing, and for the day on which the gateway is broken.

https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html and .../cluster-endpoint.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Annotated, ClassVar, Final

from pydantic import Field

from estate.model.aws.values import IamPrincipalArn, principal
from estate.model.base import Cidr, Key, Model, cidr_schema
from estate.model.public_space import not_the_internet
from estate.model.rules import Path, Violation, rule

_MOST_RANGES: Final = 40
_WIDEST_PREFIX: Final = 8  # the widest block that a registry hands to one holder
_PRIVATE: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")))

_PublicCidr = Annotated[Cidr, cidr_schema("203.0.113.0/24", "a public IPv4 range in CIDR form")]


class EksEndpoint(Model):
    """From where the API is reached; nodes always take its private endpoint."""

    private_from: tuple[Cidr, ...] = ()
    """Ranges whose machines may connect to the private endpoint: of on-prem, of Google Cloud, of whoever applies
    the companion stack. The bastion always may, in its own VPC; nobody else when absent."""
    public_from: Annotated[tuple[_PublicCidr, ...], Field(max_length=_MOST_RANGES)] = ()
    """Public ranges that may connect to a public endpoint, at most 40; there is none when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "private": "the private endpoint is always on; say from where: private_from",
        "public": "a public endpoint is on for the ranges in public_from; list them there",
        "public_access_cidrs": "the key is public_from",
    }

    @rule
    def _nobody_comes_from_everywhere(self) -> Iterator[Violation]:
        """A cluster's API is open to ranges of at most a /8, each and their public addresses together."""
        ranges: list[tuple[Path, IPv4Network]] = [
            *((("public_from", position), cidr) for position, cidr in enumerate(self.public_from)),
            *((("private_from", position), cidr) for position, cidr in enumerate(self.private_from)),
        ]
        if all(cidr.prefixlen >= _WIDEST_PREFIX for _, cidr in ranges):
            for name, one in (("public_from", self.public_from), ("private_from", self.private_from)):
                yield from not_the_internet((name,), one, "the cluster's API")
        for path, cidr in ranges:
            if cidr.prefixlen < _WIDEST_PREFIX:
                yield Violation(
                    path,
                    f"must not open the cluster's API to the internet, got {cidr}; name the ranges that people come "
                    "from, at most a /8 each",
                )

    @rule
    def _public_ranges_are_public(self) -> Iterator[Violation]:
        """What reaches a public endpoint has public addresses."""
        for position, cidr in enumerate(self.public_from):
            if cidr.prefixlen >= _WIDEST_PREFIX and any(cidr.overlaps(private) for private in _PRIVATE):
                yield Violation(
                    ("public_from", position),
                    f"must be a range of public addresses, got {cidr}, which never reaches a public endpoint; "
                    "did you mean private_from?",
                )


class EksAccess(Model):
    """AWS identities that administer the cluster, each an access entry; whoever makes it gets nothing by that."""

    administrators: Annotated[dict[Key, IamPrincipalArn], Field(min_length=1)]
    """Roles or users that administer the cluster, by what they are for. At least one that people take on, which
    is not a pipeline's: a pipeline that is broken or gone must not lock everybody out."""
    installer: IamPrincipalArn | None = None
    """Role that applies the companion stack, which installs Google's agent and so has to administer the cluster;
    needed with attach, refused without."""

    @rule
    def _identities_differ(self) -> Iterator[Violation]:
        """No identity stands twice among the administrators, and none is the installer; a path makes no other."""
        taken: dict[tuple[str, str, str], str] = {}
        for name, arn in self.administrators.items():
            whom = principal(arn)
            if self.installer and whom == principal(self.installer):
                yield Violation(
                    ("administrators", name),
                    f"must not be the installer, got {arn} for both; name a role that people take on when the "
                    "pipeline is gone",
                )
            elif whom in taken:
                yield Violation(
                    ("administrators", name), f"must differ from {taken[whom]}, got {arn} for both"
                )
            taken[whom] = name

    def identities(self) -> Iterator[tuple[Path, str]]:
        """Everybody who gets an access entry, with the path from here."""
        for name, arn in self.administrators.items():
            yield ("administrators", name), arn
        if self.installer:
            yield ("installer",), self.installer

    @rule
    def _identities_are_taken_by_eks(self) -> Iterator[Violation]:
        """No service-linked role administers, for which EKS makes no access entry."""
        for path, arn in self.identities():
            if ":role/aws-service-role/" in arn:
                yield Violation(
                    path, f"must be no service-linked role, for which EKS makes no access entry, got {arn}"
                )
