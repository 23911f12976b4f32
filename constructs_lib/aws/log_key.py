"""The key of a log group's own; a part of what is logged. Left out: the group, and who writes into it."""

from __future__ import annotations

from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key import KmsKey
from constructs_lib.naming import Kind, Naming
from estate.model.aws.kms_key import KmsKeyConfig


def define_log_key(
    scope: Construct,
    *,
    log_group_name: str,
    entity: str,
    key: str,
    naming: Naming,
    account: AwsAccount,
    prevent_destroy: bool,
) -> KmsKey:
    """Define a key that CloudWatch Logs may encrypt one log group with.

    Args:
        scope: a namespace for it.
        log_group_name: the group's name.
        entity: the name of what is logged among the entities.
        key: what of it is logged, in kebab case.
        naming: names of the environment.
        account: where the group stands.
        prevent_destroy: whether Terraform refuses to destroy the key.
    """
    defined = KmsKey(
        scope,
        "Key",
        config=KmsKeyConfig(
            description=f"{key.replace('-', ' ').capitalize()} of {naming.name(entity)}",
            # Named after what is logged, so that no key of the environment's own can have the same alias.
            alias=naming.name(entity, key, kind=Kind.KMS_ALIAS, prefix="alias/"),
        ),
        naming=naming,
        account=account,
        key=f"{entity}-{key}",
        prevent_destroy=prevent_destroy,
    )
    defined.grant_log_group(account.arn("logs", f"log-group:{log_group_name}"))
    return defined
