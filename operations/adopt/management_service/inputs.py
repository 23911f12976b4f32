"""What a section is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.adopt.management_service.accounts import Account, with_account
from operations.adopt.management_service.reading import Document
from operations.adopt.management_service.running import RunningService


@dataclass(frozen=True)
class Inputs:
    """What the section is made from.

    Attributes:
        document: the document.
        account: the account that its ARNs name, or shall name.
        public_key: public half of the key pair for SSH.
        kubernetes_version: for the example of a cluster.
        existing_vpc: ids of the VPC, where the document has no dedicated one.
        running: what the running service's state says.
        takes_over: whether there is such a state, so that objects are imported by it.
    """

    document: Document
    account: Account
    public_key: str
    kubernetes_version: str
    existing_vpc: Mapping[str, Any] | None = None
    running: RunningService = field(default_factory=RunningService)
    takes_over: bool = False

    def arn(self, *path: str) -> str | None:
        """An ARN of the document, in the section's account; None where there is none."""
        value = self.document.at(*path)
        return with_account(value, self.account) if value else None

    @property
    def vpc_cidr(self) -> str:
        """Range of the VPC, whoever made it."""
        cidr: str = (self.existing_vpc or {}).get("cidr") or self.document.at(
            "spec", "dedicatedVPC", "vpcCIDRBlock"
        )
        return cidr

    def administrators(self) -> list[str]:
        """ARNs of the document's administrators, in the section's account."""
        arns = self.document.at("spec", "authentication", "awsIAM", "adminIdentityARNs")
        return [with_account(arn, self.account) for arn in arns]
