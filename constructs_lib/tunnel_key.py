"""Keys of tunnels and of their BGP sessions: secrets that come as variables, checked before anything is made.

As preconditions of what uses a key and not as validation of its variable: Terraform prints the value that a
variable's validation refuses, sensitive or not. No message holds a value, nor anything computed from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdktf import Precondition

_SHORTEST = 24
_FEWEST_DIFFERENT = 8
# Long enough that chance does not make one: in a random key of 48 letters and digits, once in a million.
_PLACEHOLDERS = (
    "change.?me",
    "replace",
    "placeholder",
    "example",
    "secret",
    "password",
    "preshared",
    "xxxxx",
    "12345",
    "abcde",
)


@dataclass(frozen=True)
class TunnelKey:
    """A secret of one tunnel.

    Attributes:
        variable: name of the Terraform variable that brings it.
        what: what it is the key of, in words.
        value: the variable's value, for the resource that uses it.
        keys: the local value with every key of the stack, this one among them.
    """

    variable: str
    what: str
    value: str
    keys: str

    def preconditions(self, form: KeyForm) -> list[Precondition]:
        """What has to hold of the key before the resource that uses it is planned.

        Args:
            form: what the service takes.
        """
        name = f"TF_VAR_{self.variable}"
        return [
            Precondition(condition=f"${{{condition}}}", error_message=f"{name}, {self.what}, {text}")
            for condition, text in (
                (f'var.{self.variable} != ""', f"is not set; make a key and export {name}"),
                *((f'var.{self.variable} == "" || {rule}', text) for rule, text in self._rules(form)),
            )
        ]

    def _rules(self, form: KeyForm) -> Iterator[tuple[str, str]]:
        value = f"var.{self.variable}"
        yield (
            f"length({value}) >= {_SHORTEST}",
            f"is too short; make one of {_SHORTEST} characters or more",
        )
        # Not by listing the others: one tunnel more would then change what stands at all of them.
        yield (
            f"length([for key in local.{self.keys} : key if key == {value}]) == 1",
            "is the key of something else too; make one for each",
        )
        yield (
            f'!can(regex("(?i){"|".join(_PLACEHOLDERS)}", {value}))'
            f' && length(distinct(split("", {value}))) >= {_FEWEST_DIFFERENT}',
            "looks like a placeholder or is too simple; make a random one",
        )
        for condition, text in form.items():
            yield condition.format(value=value), text


KeyForm = Mapping[str, str]
"""Conditions on a key, with {value} for its value, and what is wrong where one does not hold."""

GOOGLE_KEY: KeyForm = {
    'can(regex("^[!-~]*$", {value}))': "has a space, a line break or a character that is not ASCII; make one without",
}
"""What Cloud VPN takes as a pre-shared key, or refuses only when the tunnel is up to talk."""

MD5_KEY: KeyForm = {
    **GOOGLE_KEY,
    "length({value}) <= 80": "is too long; a BGP session takes at most 80 characters",
}
"""What Cloud Router takes as the key of a BGP session."""

AWS_KEY: KeyForm = {
    'can(regex("^[A-Za-z0-9._]*$", {value}))': "has a character that AWS refuses; use letters, digits, dots and "
    "underscores",
    "length({value}) <= 64": "is too long; AWS takes at most 64 characters",
    '!startswith({value}, "0")': "begins with 0, which AWS refuses; make another",
}
"""What AWS takes as a pre-shared key."""
