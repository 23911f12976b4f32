"""KMS keys: as keys of the file where their policies can be said there, as keys that exist everywhere else.

Taking a key over puts the policy of the file in the place of its own, so a key whose policy lets somebody do what the file
cannot say stays with whoever made it. Such is AWS's default policy, `kms:*` for the account: with it any IAM policy of the
account may let anybody use the key, and whom that concerns stands in no state.
https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (2026-11-30)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.reading.paths import first_few
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.key_policies import KeyPolicy, read_key_policy
from operations.adopt.terraform.recognizers.aws.objects import (
    KEYS,
    VPC,
    VPN,
    free,
    is_ours,
    last_part,
    number,
    short,
    whereabouts,
)

_ALIAS: Final = re.compile(r"alias/[a-zA-Z0-9/_-]{1,250}")
_ARN: Final = re.compile(r"arn:aws[-a-z]*:kms:[-a-z0-9]+:[0-9]{12}:key/[-a-zA-Z0-9]+")
_LONGEST_WINDOW: Final = 30
_SHOWN: Final = 3
_OF_LOGS: Final = {("management-vpc", "flow-logs"): VPC, ("vpn-google", "logs"): VPN}
"""What the aliases of log groups' own keys are made of, and what has such a log group."""


def recognize_kms_keys(found: Found, draft: Draft) -> None:
    """Put every customer managed key."""
    for key in free(
        found,
        draft,
        "aws_kms_key",
        "aws_kms_replica_key",
        "aws_kms_external_key",
        "aws_kms_replica_external_key",
    ):
        aliases = sorted(
            (one for one in free(found, draft, "aws_kms_alias") if _means(one.text("target_key_id"), key)),
            key=lambda one: one.text("name"),
        )
        names = [one for one in aliases if _ALIAS.fullmatch(one.text("name"))]
        of_logs = next(
            (
                path
                for parts, path in _OF_LOGS.items()
                for one in names
                if is_ours(draft, one.text("name").removeprefix("alias/"), *parts)
            ),
            None,
        )
        if of_logs:
            draft.takes(of_logs, key, *aliases)
        else:
            _put(found, draft, key, names[0] if names else None)
        for one in aliases if of_logs is None else ():
            if one not in names[:1]:
                draft.leave(one, "", "a key has one alias here", "leave it with the Terraform that made it")


def key_named(found: Found, draft: Draft, reference: str) -> str:
    """The key of aws.kms_keys for an ARN, id or alias of a key; one that no state has is put as one that exists."""
    for path, origins in draft.origins.items():
        if path[: len(KEYS)] == KEYS and any(
            _means(reference, one) for one in origins if one.type != "aws_kms_alias"
        ):
            return str(path[len(KEYS)])
    for one in found.of("aws_kms_alias"):
        if reference in {one.text("arn"), one.text("name")}:
            return key_named(found, draft, one.text("target_key_arn") or one.text("target_key_id"))
    if ":" not in reference and "/" not in reference:
        place = (draft.at("aws", "region"), draft.at("aws", "account_id"))
        reference = "arn:aws:kms:{}:{}:key/{}".format(*place, reference)
    for name, said in (draft.at(*KEYS) or {}).items():
        if said.get("existing", {}).get("key_arn") == reference:
            return str(name)
    name = draft.key(KEYS, f"key-{last_part(reference)[:8]}")
    draft.put((*KEYS, name), {"existing": {"key_arn": reference}})
    return name


def policies(found: Found, draft: Draft) -> Iterator[tuple[str, KeyPolicy]]:
    """The keys of the file that are made here, each with the policy that it has."""
    for name, said in (draft.at(*KEYS) or {}).items():
        keys = [one for one in draft.origins.get((*KEYS, name), ()) if one.type == "aws_kms_key"]
        if keys and "existing" not in said:
            yield name, read_key_policy(_policy(found, keys[0]), whereabouts(keys[0])[0])


def _put(found: Found, draft: Draft, key: FoundObject, alias: FoundObject | None) -> None:
    called = (
        alias.text("name").removeprefix("alias/")
        if alias
        else key.text("tags", "Name") or key.text("description")
    )
    name = draft.key(KEYS, short(draft, called).removeprefix("kms-key-") or "key")
    path = (*KEYS, name)
    policy = read_key_policy(_policy(found, key), whereabouts(key)[0])
    reasons = [*_kinds(key), *policy.unsaid, *_strange_log_groups(found, policy)]
    if reasons:
        _put_existing(draft, key, alias, name, reasons)
        return
    draft.put(path, {}, key, *([alias] if alias else []), *_beside(found, draft, key))
    _put_description(draft, key, path)
    own = _entities(found)
    users = [arn for arn in dict.fromkeys((*policy.users, *policy.grantees)) if last_part(arn) not in own]
    draft.put((*path, "users"), users or None, key)
    administrators = [arn for arn in dict.fromkeys(policy.administrators) if arn not in users]
    draft.put((*path, "administrators"), administrators or None, key)
    days = number(key, "deletion_window_in_days") or _LONGEST_WINDOW
    draft.put((*path, "deletion_window_days"), days if days != _LONGEST_WINDOW else None, key)
    if alias and not is_ours(draft, called, "kms-key", name):
        draft.put((*path, "alias"), alias.text("name"), alias)
    for arn in users:
        if arn not in policy.users or arn not in policy.grantees:
            lacks = "to have services of AWS use it" if arn in policy.users else "to use it by itself"
            draft.leave(
                key,
                "policy",
                f"{arn} is not allowed {lacks}, and users here are allowed both",
                "take it out of users if it must not",
            )
    if len(draft.at(*path, "users") or ()) and set(users) & set(policy.administrators):
        draft.leave(
            key,
            "policy",
            "somebody administers and uses it, and here nobody does both: they stand among its users alone",
            "name other administrators, or leave that to the account's IAM policies",
        )


def _put_description(draft: Draft, key: FoundObject, path: Keys) -> None:
    said = key.text("description")
    if not said.isprintable():
        draft.leave(
            key, "description", "has characters that no file here holds", "say it in one line of plain text"
        )
    elif said not in {"", path[-1]}:
        draft.put((*path, "description"), said, key)


def _put_existing(
    draft: Draft, key: FoundObject, alias: FoundObject | None, name: str, reasons: list[str]
) -> None:
    if not _ARN.fullmatch(key.text("arn")):
        draft.leave(key, "", first_few(reasons, _SHOWN, "; "), "leave it with the Terraform that made it")
        return
    draft.put((*KEYS, name), {"existing": {"key_arn": key.text("arn")}}, key)
    for one in (key, alias) if alias else (key,):
        draft.leave(
            one,
            "",
            f"stays as it is, named by its ARN as aws.kms_keys.{name}: {first_few(reasons, _SHOWN, '; ')}",
            "its policy has to let this environment's roles use it; to have it made here, write users in place of existing, "
            "with everybody who uses it, and import it",
        )


def _kinds(key: FoundObject) -> Iterator[str]:
    spec = key.text("customer_master_key_spec") or key.text("key_spec")
    if key.type != "aws_kms_key":
        yield "is a replica or has key material from outside, which no key of the file has"
    if key.text("key_usage") not in {"", "ENCRYPT_DECRYPT"} or spec not in {"", "SYMMETRIC_DEFAULT"}:
        yield "is not a symmetric key that encrypts and decrypts"
    if key.at("multi_region") is True:
        yield "is a multi-Region key"
    if key.at("is_enabled") is False:
        yield "is disabled, and keys of the file are enabled"
    if key.text("custom_key_store_id"):
        yield "lies in a key store of one's own"


def _policy(found: Found, key: FoundObject) -> str:
    own = (one.text("policy") for one in found.of("aws_kms_key_policy") if _means(one.text("key_id"), key))
    return next(own, key.text("policy"))


def _beside(found: Found, draft: Draft, key: FoundObject) -> list[FoundObject]:
    """The policy of a key, where it is an object of its own; none of these files is."""
    others = [one for one in free(found, draft, "aws_kms_key_policy") if _means(one.text("key_id"), key)]
    for one in others:
        draft.leave(
            one,
            "",
            "a key's policy stands in the key itself here",
            "take it out of the old state with `terraform state rm`, never destroy it: that puts AWS's default policy in its place",
        )
    return []


def _strange_log_groups(found: Found, policy: KeyPolicy) -> Iterator[str]:
    """Log groups that a key encrypts and no cluster of the states has."""
    ours = tuple(f":log-group:/aws/eks/{one.text('name')}/cluster" for one in found.of("aws_eks_cluster"))
    for arn in policy.log_groups:
        if not arn.removesuffix(":*").endswith(ours):
            yield f"encrypts log group {arn.rpartition(':log-group:')[2]}, which is no cluster's of the states"


def _entities(found: Found) -> frozenset[str]:
    """Names of the roles of clusters and their add-ons, which are granted what they need by what they belong to."""
    clusters = (one.text("role_arn") for one in found.of("aws_eks_cluster"))
    addons = (one.text("service_account_role_arn") for one in found.of("aws_eks_addon"))
    backups = (one.text("name") for one in found.of("aws_iam_role") if one.text("name").endswith("-backups"))
    return frozenset(last_part(arn) for arn in (*clusters, *addons, *backups)) - {""}


def _means(reference: str, key: FoundObject) -> bool:
    return bool(reference) and reference in {key.text("key_id"), key.text("arn"), key.text("id")}
