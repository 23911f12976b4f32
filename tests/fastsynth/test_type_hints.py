"""What typing says of functions, and how often it works that out."""

from __future__ import annotations

from tests.fastsynth.interpreter import run

FUNCTIONS = """
import typing
def _typecheckingstub__1234(*, name: "str") -> None: ...
def other(*, name: "str") -> None: ...
"""


def test_remembers_what_a_stub_declares() -> None:
    """The hints of a generated stub are right, and the same object at the second call."""
    once, right = run(
        f"""{FUNCTIONS}
before = typing.get_type_hints(_typecheckingstub__1234)
from fastsynth import activation
activation.install()
after = [typing.get_type_hints(_typecheckingstub__1234) for _ in range(2)]
result = [after[0] is after[1], after[0] == before]
"""
    )

    assert (once, right) == (True, True)


def test_works_anything_else_out_anew() -> None:
    """Other functions, classes, and stubs asked with options, get hints of their own at every call."""
    result = run(
        f"""{FUNCTIONS}
from fastsynth import activation
activation.install()
class Point:
    x: "int"
asked = [(other, {{}}), (Point, {{}}), (_typecheckingstub__1234, {{"include_extras": True}})]
result = [
    typing.get_type_hints(what, **options) is typing.get_type_hints(what, **options) for what, options in asked
]
"""
    )

    assert result == [False, False, False]


def test_still_refuses_wrong_arguments() -> None:
    """A resource given a number for a text is refused, the first time and the second."""
    result = run(
        """
        from fastsynth import activation
        activation.install()
        from cdktf_cdktf_provider_aws.vpc import VpcConfig
        result = []
        for _ in range(2):
            try:
                VpcConfig(cidr_block=10)
            except TypeError as error:
                result.append("cidr_block" in str(error))
        """
    )

    assert result == [True, True]
