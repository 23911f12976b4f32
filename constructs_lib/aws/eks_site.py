"""Which EKS cluster something belongs to, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.aws.account import AwsAccount
from constructs_lib.naming import Kind, Naming


@dataclass(frozen=True)
class EksSite:
    """A cluster among the others of its environment; literal values.

    Attributes:
        name: name of the cluster and of its fleet membership.
        short_name: what stands for it in the names of what belongs to it.
        naming: names of the environment.
        account: where it stands.
    """

    name: str
    short_name: str
    naming: Naming
    account: AwsAccount

    def named(self, part: str, kind: Kind = Kind.TAG) -> str:
        """Name of something that belongs to the cluster."""
        return self.naming.name("eks", f"{self.short_name}-{part}", kind=kind)

    def policy_arn(self, name: str) -> str:
        """ARN of one of AWS's own IAM policies."""
        return f"arn:{self.account.partition}:iam::aws:policy/{name}"
