"""A role of AWS that the pods of one service account take on, such as a controller's.

Left out: what runs there, which comes by Config Sync or by hand, and policies themselves, which whoever looks after the
account makes: the controllers' vendors publish them, and change them with their versions.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from estate.model.access.values import NamespaceName
from estate.model.base import Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.words import Words

_NEARLY_EVERYTHING: Final = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")
"""Policies of AWS's own that include nearly all others, or let their holder give themselves all others."""
_MOST_POLICIES: Final = 10
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: managed policies attached to a role."""

ServiceAccountName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$"),
    Words("the name of a service account: lower-case letters, digits, hyphens and dots"),
]
"""Name of a Kubernetes service account."""

IamPolicyArn = Annotated[
    str,
    StringConstraints(pattern=r"^arn:aws[-a-z]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]+$"),
    Words("the ARN of an IAM policy such as arn:aws:iam::123456789012:policy/name, or of AWS's own"),
]
"""ARN of a managed policy, of an account or of AWS."""


class PodRole(Model):
    """A role for one service account."""

    namespace: NamespaceName
    """Namespace of the service account. Another one changes whom the role trusts, in place."""
    service_account: ServiceAccountName
    """Service account whose pods take it on, once it has the annotation eks.amazonaws.com/role-arn. Another one changes
    whom the role trusts, in place."""
    policies: Annotated[tuple[IamPolicyArn, ...], Field(min_length=1, max_length=_MOST_POLICIES)]
    """Policies that say what it may do, of this account or of AWS, at most 10; they exist."""

    @property
    def subject(self) -> str:
        """The service account as tokens name it."""
        return f"{self.namespace}:{self.service_account}"

    @rule
    def _policies_stand_once(self) -> Iterator[Violation]:
        """A role has each policy once."""
        yield from stands_once("policies", self.policies)

    @rule
    def _policies_are_for_a_task(self) -> Iterator[Violation]:
        """No pod may do nearly everything in the account."""
        for position, arn in enumerate(self.policies):
            name = arn.rpartition("/")[2]
            if ":iam::aws:" in arn and name in _NEARLY_EVERYTHING:
                yield Violation(
                    ("policies", position),
                    f"must be a policy for the task, got {name}, by which whoever gets into the pod owns the account; name "
                    "the policy that its vendor publishes",
                )
