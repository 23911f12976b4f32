"""A stack's keys, roles and buckets of AWS with the policies that decide who may do what with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from operations.policy.permitted.answer import Answer, unknown
from operations.policy.permitted.expressions import Expressions, UnreadableError
from operations.policy.permitted.managed_policies import MANAGED_POLICIES
from operations.policy.permitted.policies import Call, Policy, by_identity, by_resource, texts
from operations.policy.stacks import Resource, Stack

_MANAGED: Final = "arn:aws:iam::aws:policy/"


class AwsStack:
    """A stack as AWS would judge it.

    Args:
        stack: the stack.

    Attributes:
        stack: the same.
        expressions: what its expressions come to.
    """

    def __init__(self, stack: Stack) -> None:
        self.stack: Final = stack
        self.expressions: Final = Expressions(stack)
        self._keys = self._by_text("aws_kms_key", "arn", "id")
        self._roles = self._by_text("aws_iam_role", "arn", "name")
        self._policies = self._by_text("aws_iam_policy", "arn")
        for alias in stack.resources("aws_kms_alias"):
            key = self._keys.get(self.expressions.text(alias.body.get("target_key_id")))
            if key:
                self._keys[str(alias.body.get("name"))] = key
                self._keys[self.expressions.arn("kms", str(alias.body.get("name")))] = key

    def key(self, value: Any) -> Resource | None:
        """The key that an argument names, None when it is made elsewhere."""
        return self._keys.get(self.expressions.text(value))

    def role(self, value: Any) -> Resource | None:
        """The role that an argument names, None when it is made elsewhere."""
        return self._roles.get(self.expressions.text(value))

    def roles(self) -> Iterator[Resource]:
        """Every role that the stack makes."""
        return self.stack.resources("aws_iam_role")

    def issuer(self, cluster: Any) -> str:
        """The issuer of the tokens of the EKS cluster that an argument names, without https://."""
        for one in self.stack.resources("aws_eks_cluster"):
            if self.same(one.body.get("name"), cluster):
                address = one.place.address
                return self.expressions.text(f"${{{address}.identity[0].oidc[0].issuer}}").removeprefix(
                    "https://"
                )
        return f"${{issuer of {self.expressions.text(cluster)}}}"

    def same(self, one: Any, other: Any) -> bool:
        """Whether two arguments come to the same."""
        return self.expressions.text(one) == self.expressions.text(other)

    def arn(self, resource: Resource) -> str:
        """The ARN of a resource of the stack."""
        return self.expressions.text(f"${{{resource.place.address}.arn}}")

    def may_use(self, key: Resource, call: Call) -> Answer:
        """Whether a key's policy lets a caller through; the call is about the key."""
        try:
            policy = self._key_policy(key)
            caller = self._roles.get(call.caller.id)
            identity = self.identity(caller) if caller else None
        except UnreadableError as error:
            return unknown(str(error))
        return by_resource(policy, call, identity)

    def named_by(self, key: Resource) -> list[str]:
        """Roles and users that a key's policy names, the account itself left out; nobody where it is unreadable."""
        try:
            policy = self._key_policy(key)
        except UnreadableError:
            return []
        principals = [one.get("Principal") for one in policy if one["Effect"] == "Allow"]
        named = [arn for one in principals if isinstance(one, dict) for arn in texts(one.get("AWS", []))]
        return [arn for arn in dict.fromkeys(named) if not arn.endswith(":root")]

    def may_take_on(self, role: Resource, call: Call) -> Answer:
        """Whether a role's trust lets a caller take it on."""
        try:
            return by_resource(self.expressions.policy(role.body.get("assume_role_policy")), call)
        except UnreadableError as error:
            return unknown(f"the trust of {role.place.address} {error}")

    def may(self, role: Resource, call: Call) -> Answer:
        """Whether a role's own policies let it do something that no policy of a resource is about."""
        try:
            allowed = by_identity(self.identity(role), call)
        except UnreadableError as error:
            return unknown(str(error))
        foreign = self._foreign(role)
        if allowed.holds is False and foreign:
            return unknown(f"what {', '.join(foreign)} allows is not known here")
        return allowed

    def identity(self, role: Resource) -> Policy:
        """The statements of a role's policies, as far as they are known.

        Raises:
            UnreadableError: one of them is no document.
        """
        return [statement for _, policy in self.policies_of(role) for statement in policy]

    def policies_of(self, role: Resource) -> Iterator[tuple[str, Policy]]:
        """A role's policies, each with its address or name.

        Raises:
            UnreadableError: one of them is no document.
        """
        for inline in self.stack.resources("aws_iam_role_policy"):
            if self.role(inline.body.get("role")) == role:
                yield inline.place.address, self._readable(inline)
        for arn in self._attached(role):
            made = self._policies.get(arn)
            if made:
                yield made.place.address, self._readable(made)
            elif arn.removeprefix(_MANAGED) in MANAGED_POLICIES:
                actions = list(MANAGED_POLICIES[arn.removeprefix(_MANAGED)])
                yield arn, [{"Effect": "Allow", "Action": actions, "Resource": "*"}]

    def _attached(self, role: Resource) -> Iterator[str]:
        for attachment in self.stack.resources("aws_iam_role_policy_attachment"):
            if self.role(attachment.body.get("role")) == role:
                yield self.expressions.text(attachment.body.get("policy_arn"))

    def _foreign(self, role: Resource) -> list[str]:
        return [
            arn
            for arn in self._attached(role)
            if arn not in self._policies and arn.removeprefix(_MANAGED) not in MANAGED_POLICIES
        ]

    def _key_policy(self, key: Resource) -> Policy:
        """The key's policy; AWS's default, which leaves all to the account, where a stack says none."""
        attached = [
            one
            for one in self.stack.resources("aws_kms_key_policy")
            if self.key(one.body.get("key_id")) == key
        ]
        for one in [*attached, key]:
            if "policy" in one.body:
                return self._readable(one)
        root = self.expressions.arn("iam", "root", regional=False)
        return [{"Effect": "Allow", "Principal": {"AWS": root}, "Action": "kms:*", "Resource": "*"}]

    def _readable(self, resource: Resource) -> Policy:
        try:
            return self.expressions.policy(resource.body.get("policy"))
        except UnreadableError as error:
            raise UnreadableError(f"the policy of {resource.place.address} {error}") from None

    def _by_text(self, type_: str, *attributes: str) -> dict[str, Resource]:
        return {
            self.expressions.text(f"${{{one.place.address}.{attribute}}}"): one
            for one in self.stack.resources(type_)
            for attribute in attributes
        }
