"""What a key's policy says, as far as a key of the file can say it.

A key that is made here has a policy of its own, which takes the place of the one it had. So whatever that lets anybody do
has to be found again in `users` and `administrators`, in what the environment's own entities are granted, or it is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from operations.adopt.terraform.recognizers.aws.roles import statements, words

_USES: Final = frozenset(
    f"kms:{action.lower()}"
    for action in (
        "Decrypt",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncryptFrom",
        "ReEncryptTo",
    )
)
_PUT: Final = "kms:putkeypolicy"
_DECRYPT: Final = "kms:decrypt"
_GRANT: Final = "kms:creategrant"
_GRANTS: Final = frozenset({_GRANT, "kms:listgrants", "kms:revokegrant"})
_CREATES_CLUSTERS: Final = frozenset({_GRANT, "kms:describekey"})
_CRYPTO: Final = (
    *sorted(_USES - {"kms:describekey"}),
    "kms:sign",
    "kms:verify",
    "kms:generatemac",
    "kms:derivesharedsecret",
)
_FOR_AWS: Final = {"Bool": {"kms:GrantIsForAWSResource": "true"}}


@dataclass
class KeyPolicy:
    """Who may do what with a key.

    Attributes:
        administrators: who may administer it and not use it.
        users: who may encrypt and decrypt with it by themselves.
        grantees: who may also have services of AWS do so.
        deployers: who may make EKS clusters that it encrypts.
        log_groups: ARNs of log groups that CloudWatch Logs encrypts with it.
        unsaid: what else it lets anybody do, in words.
    """

    administrators: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    grantees: list[str] = field(default_factory=list)
    deployers: list[str] = field(default_factory=list)
    log_groups: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


def read_key_policy(policy: str, account: str) -> KeyPolicy:
    """Read a key's policy; what cannot be read at all is unsaid as a whole.

    Args:
        policy: the policy, as JSON.
        account: id of the account that the key is of; another one is a stranger.
    """
    read, said = KeyPolicy(), statements(policy)
    if not said:
        read.unsaid.append("its policy is in no state, or cannot be read")
    for position, statement in enumerate(said, 1):
        if not _said(read, statement, account):
            name = statement.get("Sid")
            read.unsaid.append(
                f"statement {name if isinstance(name, str) and name else position} has no place in one of the file"
            )
    return read


def _said(read: KeyPolicy, statement: Mapping[str, Any], account: str) -> bool:
    """Read a statement; whether the file can say it."""
    # "The prefix and the action name are case insensitive":
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html (2026-11-30).
    actions = [action.lower() for action in words(statement.get("Action"))]
    principal = statement.get("Principal")
    condition = statement.get("Condition") or {}
    if (
        statement.get("Effect") != "Allow"
        or not actions
        or not isinstance(principal, dict)
        or len(principal) != 1
    ):
        return False
    if "Service" in principal:
        return _logs(read, words(principal["Service"]), actions, condition)
    whom = words(principal.get("AWS"))
    accounts = [arn for arn in whom if arn.endswith(":root") or arn.isdigit()]
    if not whom or "*" in whom or any(account not in one.split(":") for one in accounts):
        return False
    return _people(read, whom, accounts, actions, condition)


def _people(
    read: KeyPolicy, whom: list[str], accounts: list[str], actions: list[str], condition: Mapping[str, Any]
) -> bool:
    administers = not any(fnmatchcase(one, action) for one in (*_CRYPTO, _GRANT) for action in actions)
    # Administrators here may change the policy, so nobody becomes one who may not.
    changes = set(whom) == set(accounts) or any(fnmatchcase(_PUT, action) for action in actions)
    holders: list[str] | None = None
    if condition:
        holders = read.grantees if condition == _FOR_AWS and _are(actions, _GRANTS) and not accounts else None
    elif changes and (administers or (_administers_by_default(actions) and not accounts)):
        # The account itself administers every key here; what it may do beyond, its IAM policies may let anybody do.
        holders = read.administrators
    elif not accounts and set(actions) == _CREATES_CLUSTERS:
        holders = read.deployers
    elif not accounts and _are(actions, _USES) and _DECRYPT in actions:
        holders = read.users
    if holders is None:
        return False
    holders += [arn for arn in whom if arn not in accounts]
    return True


def _are(actions: list[str], some: frozenset[str]) -> bool:
    """Whether actions, stars in them, are some of these and no other of KMS."""
    return all(
        any(fnmatchcase(one, action) for one in some) and action not in {"*", "kms:*"} for action in actions
    )


def _administers_by_default(actions: list[str]) -> bool:
    """Whether these are what AWS's console gives administrators: kms:Create* among them, which grants too.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (2026-11-30)
    """
    return "kms:create*" in actions and not any(
        fnmatchcase(crypto, action) for crypto in _CRYPTO for action in actions
    )


def _logs(read: KeyPolicy, services: list[str], actions: list[str], condition: Mapping[str, Any]) -> bool:
    groups = [
        arn
        for said in condition.values()
        if isinstance(said, dict)
        for arn in words(said.get("kms:EncryptionContext:aws:logs:arn"))
    ]
    if not groups or len(services) != 1 or not services[0].startswith("logs.") or not _are(actions, _USES):
        return False
    read.log_groups += groups
    return True
