"""The account and region that the AWS entities of one environment live in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AwsAccount:
    """Where in AWS an entity stands; literal values, so that policies need no data source.

    Attributes:
        account_id: 12 digits.
        region: such as eu-west-1.
    """

    account_id: str
    region: str

    @property
    def partition(self) -> str:
        """The first part of every ARN: aws, aws-cn or aws-us-gov."""
        for prefix in ("cn-", "us-gov-"):
            if self.region.startswith(prefix):
                return f"aws-{prefix.rstrip('-')}"
        return "aws"

    def arn(self, service: str, resource: str, *, regional: bool = True) -> str:
        """ARN of a resource of this account; global services (IAM) leave the region out."""
        return (
            f"arn:{self.partition}:{service}:{self.region if regional else ''}:{self.account_id}:{resource}"
        )
