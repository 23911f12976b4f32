"""A customer managed KMS key, or one that exists.

Left out: key material from outside AWS, multi-Region keys and asymmetric keys; nothing here needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints, Tag

from estate.model.aws.values import MANAGED_OR_EXISTING, IamPrincipalArn, KmsKeyArn, principal
from estate.model.base import Key, Model
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule
from estate.model.words import Words

KmsAlias = Annotated[
    str,
    StringConstraints(pattern=r"^alias/[a-zA-Z0-9/_-]{1,250}$"),
    Words("alias/ and 1 to 250 letters, digits, slashes, underscores and hyphens"),
]
"""Alias of a KMS key."""


class KmsKeyConfig(Model):
    """A symmetric key that this environment makes and owns; AWS rotates it every year."""

    name: Key | None = None
    """Name to keep when the map key is renamed: alias, tag and description are made of it; the map key when
    absent."""
    description: Annotated[str, StringConstraints(min_length=1, max_length=8192)] | None = None
    """What it encrypts, shown in the console; the key's map key when absent."""
    users: tuple[IamPrincipalArn, ...] = ()
    """Roles and users outside this file that may encrypt and decrypt with it, by themselves and through
    AWS services such as EBS; entities of this environment are granted what they need without standing
    here. Nobody else when absent. They must exist: AWS refuses a policy that names a stranger."""
    administrators: tuple[IamPrincipalArn, ...] = ()
    """Roles and users that may administer but not use it; whom the account's IAM policies let administer
    keys always may. Nobody else when absent. They must exist, as users must."""
    deletion_window_days: Annotated[StrictInt, Field(ge=7, le=30)] = 30
    """Days between a deletion and the loss of the key and of all that it encrypted; 30 when absent."""
    alias: KmsAlias | None = None
    """Alias to keep when the map key is renamed; derived from the map key when absent."""

    def alias_in(self, organization: str, environment: str, key: str) -> str:
        """The key's alias, by which others name it who do not know its id."""
        return self.alias or f"alias/{physical_name(organization, environment, 'kms-key', self.name or key)}"

    @rule
    def _administrators_are_not_users(self) -> Iterator[Violation]:
        """Who administers a key does not use it."""
        users = set(map(principal, self.users))
        for position, arn in enumerate(self.administrators):
            if principal(arn) in users:
                yield Violation(
                    ("administrators", position),
                    f"must not stand in users too, got {arn}; who administers a key does not use it",
                )

    @rule
    def _alias_is_not_one_of_aws(self) -> Iterator[Violation]:
        """An alias is none that AWS keeps to itself."""
        if self.alias and self.alias.startswith("alias/aws/"):
            yield Violation(
                ("alias",), f"must not begin with alias/aws/, which AWS keeps to itself, got {self.alias}"
            )


class ExistingKmsKey(Model):
    """A key made by somebody else."""

    key_arn: KmsKeyArn
    """ARN of the key; its policy must let the roles of this environment use it."""


class ExistingKmsKeyConfig(Model):
    """Use a key that exists; neither it nor its policy is changed."""

    existing: ExistingKmsKey
    """The key's ARN."""


KmsKey = Annotated[
    Annotated[KmsKeyConfig, Tag("<managed>")] | Annotated[ExistingKmsKeyConfig, Tag("<existing>")],
    MANAGED_OR_EXISTING,
]
"""Either a key of this environment's own or one that exists."""
