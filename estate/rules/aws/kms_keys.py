"""Rules on the KMS keys of an account."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Violation, rule


@rule(on=AwsConfig)
def existing_keys_lie_here(aws: AwsConfig) -> Iterator[Violation]:
    """A key that exists is of the section's account and region."""
    for name, key in aws.kms_keys.items():
        if not isinstance(key, ExistingKmsKeyConfig):
            continue
        _, _, _, region, account, _ = key.existing.key_arn.split(":", 5)
        if (region, account) != (aws.region, aws.account_id):
            yield Violation(
                ("kms_keys", name, "existing", "key_arn"),
                f"must be a key of account {aws.account_id} in {aws.region}, got {key.existing.key_arn}",
            )


@rule(on=AwsConfig)
def keys_differ_in_name(aws: AwsConfig) -> Iterator[Violation]:
    """No two keys are called the same."""
    names = {
        key: None if isinstance(one, ExistingKmsKeyConfig) else one.name for key, one in aws.kms_keys.items()
    }
    yield from names_of_their_own("kms_keys", names)


@rule(on=AwsConfig)
def aliases_differ(aws: AwsConfig) -> Iterator[Violation]:
    """An alias is one key's."""
    taken: dict[str, str] = {}
    for name, key in aws.kms_keys.items():
        alias = None if isinstance(key, ExistingKmsKeyConfig) else key.alias
        if alias and alias in taken:
            yield Violation(
                ("kms_keys", name, "alias"), f"must differ from that of {taken[alias]}, got {alias} for both"
            )
        taken[alias or ""] = name
