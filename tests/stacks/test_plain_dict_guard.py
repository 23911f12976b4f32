"""Plain dicts in the place of structs are refused before CDKTF drops what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Union

import jsii
import pytest
from cdktf import (
    App,
    Fn,
    ListTerraformIterator,
    TerraformOutput,
    TerraformResourceLifecycle,
    TerraformStack,
    TerraformVariable,
    Token,
)
from cdktf import (
    Testing as CdktfTesting,  # pytest takes a class whose name begins with Test for one of its own
)
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct
from jsii.errors import JSIIError

from stacks import plain_dict_guard

plain_dict_guard.install()

RULE: dict[str, Any] = {"from_port": 22, "to_port": 22, "protocol": "tcp"}
CONDITION = {"condition": "true", "error_message": "no"}


@pytest.fixture
def stack(tmp_path: Path) -> TerraformStack:
    """An empty stack."""
    return TerraformStack(CdktfTesting.stub_version(App(outdir=str(tmp_path), stack_traces=False)), "stack")


def synthesized(stack: TerraformStack) -> Any:
    """The stack as Terraform reads it."""
    return json.loads(CdktfTesting.synth(stack))


def names(struct: str) -> str:
    """Pattern of a message that names the struct and how to make one of the dict's keys."""
    return rf" must be {struct}, got a plain dict.*use {struct}\("


@pytest.mark.parametrize(
    ("define", "where", "struct"),
    [
        pytest.param(
            lambda scope: SecurityGroup(scope, "x", ingress=[RULE]),
            r"SecurityGroup\.ingress\[0\]",
            "SecurityGroupIngress",
            id="inline ingress",
        ),
        pytest.param(
            lambda scope: SecurityGroup(scope, "x", ingress=[SecurityGroupIngress(**RULE), RULE]),
            r"SecurityGroup\.ingress\[1\]",
            "SecurityGroupIngress",
            id="after a struct",
        ),
        pytest.param(
            lambda scope: SecurityGroup(scope, "x", ingress=(RULE,)),
            r"SecurityGroup\.ingress\[0\]",
            "SecurityGroupIngress",
            id="in a tuple",
        ),
        pytest.param(
            lambda scope: AwsProvider(
                scope, "x", assume_role=[{"role_arn": "arn:aws:iam::012345678901:role/x"}]
            ),
            r"AwsProvider\.assume_role\[0\]",
            "AwsProviderAssumeRole",
            id="role of a provider",
        ),
        pytest.param(
            lambda scope: S3Bucket(
                scope, "x", lifecycle=TerraformResourceLifecycle(precondition=[CONDITION])
            ),
            r"S3Bucket\.lifecycle\.precondition\[0\]",
            "Precondition",
            id="inside a struct",
        ),
        pytest.param(
            lambda scope: S3Bucket(scope, "x", lifecycle={"precondition": [CONDITION]}),
            r"S3Bucket\.lifecycle\.precondition\[0\]",
            "Precondition",
            id="inside a dict that became a struct",
        ),
        pytest.param(
            lambda scope: SecurityGroup(scope, "x").put_ingress([RULE]),
            r"SecurityGroup\.put_ingress\.value\[0\]",
            "SecurityGroupIngress",
            id="argument of a method",
        ),
        pytest.param(
            lambda scope: setattr(
                Instance(scope, "x").network_interface, "internal_value", [{"device_index": 1}]
            ),
            r"InstanceNetworkInterfaceList\.internal_value\[0\]",
            "InstanceNetworkInterface",
            id="value of a property",
        ),
    ],
)
def test_refuses_a_dict_in_a_list_of_structs(
    define: Callable[[Construct], Any], where: str, struct: str, stack: TerraformStack
) -> None:
    """The message says which class and argument it is, and which struct to use."""
    with pytest.raises(TypeError, match=f"^{where}{names(struct)}"):
        define(stack)


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"connection": {"type": "ssh", "host": "h", "bastion_host": "b"}}, r"connection"),
        (
            {"provisioners": [{"type": "local-exec", "command": "c", "working_dir": "/"}]},
            r"provisioners\[0\]",
        ),
    ],
    ids=["by itself", "in a list"],
)
def test_refuses_a_dict_where_several_structs_are_possible(
    arguments: dict[str, Any], where: str, stack: TerraformStack
) -> None:
    """Python cannot tell which struct is meant, so the message names all of them."""
    with pytest.raises(TypeError, match=rf"^S3Bucket\.{where} must be \w+ or .*one of these classes"):
        S3Bucket(stack, "x", **arguments)


def test_refuses_in_a_class_derived_from_a_binding(stack: TerraformStack) -> None:
    """A subclass with a constructor of its own is checked by what the binding declares, under its own name."""

    class Bare(SecurityGroup):
        def __init__(self, scope: Construct, rules: list[Any]) -> None:
            super().__init__(scope, "x", ingress=rules)

    with pytest.raises(TypeError, match=r"^Bare\.ingress\[0\]"):
        Bare(stack, [RULE])


def test_asks_the_binding_and_not_the_class_derived_from_it(stack: TerraformStack) -> None:
    """What a subclass annotates for itself, even with names that do not exist, is no business of jsii."""

    class Rows(ListTerraformIterator):
        def __init__(self, rows: NotThere) -> None:  # type: ignore[name-defined]  # noqa: F821 - the point of the test
            super().__init__(rows)

    TerraformOutput(stack, "row", value=Rows(["a", "b"]).value)

    assert synthesized(stack)["output"]["row"]["value"] == "${each.value}"


def test_refuses_a_dict_in_a_map_of_structs(stack: TerraformStack) -> None:
    """No AWS resource has a map of structs, but the generator of bindings makes them."""

    @jsii.data_type(jsii_type="test.Rules", jsii_struct_bases=[], name_mapping={"by_name": "byName"})
    class Rules:
        def __init__(self, *, by_name: Mapping[str, Union[SecurityGroupIngress, dict[str, Any]]]) -> None:  # noqa: UP007 - as bindings say it
            self._values = {"by_name": by_name}

    with pytest.raises(
        TypeError, match=rf"^Vpc\.add_override\.by_name\['ssh'\]{names('SecurityGroupIngress')}"
    ):
        Vpc(stack, "vpc").add_override("rules", Rules(by_name={"ssh": RULE}))


def test_names_the_keys_and_no_values(stack: TerraformStack) -> None:
    """What stands in the dict may be secret; its keys help to write the struct."""
    with pytest.raises(TypeError, match=r"SecurityGroupIngress\(description=\.\.\.\)$"):
        SecurityGroup(stack, "x", ingress=[{"description": "hunter2"}])


def test_refused_construct_is_not_in_the_stack(stack: TerraformStack) -> None:
    """Nothing is created when the arguments are refused."""
    with pytest.raises(TypeError, match="ingress"):
        SecurityGroup(stack, "x", ingress=[RULE])

    assert "resource" not in synthesized(stack)


def test_lets_structs_and_single_dicts_pass(stack: TerraformStack) -> None:
    """Structs in lists, and one dict for one struct, arrive whole."""
    SecurityGroup(stack, "group", ingress=[SecurityGroupIngress(**RULE)])
    instance = Instance(stack, "instance", root_block_device={"volume_size": 8, "kms_key_id": "k"})
    instance.put_metadata_options(http_tokens="required")

    resources = synthesized(stack)["resource"]

    [rule] = resources["aws_security_group"]["group"]["ingress"]
    assert {key: rule[key] for key in RULE} == RULE
    assert resources["aws_instance"]["instance"] == {
        "root_block_device": {"volume_size": 8, "kms_key_id": "k"},
        "metadata_options": {"http_tokens": "required"},
    }


def test_lets_maps_lists_and_texts_pass(stack: TerraformStack) -> None:
    """Tags, lists of text and single values arrive whole, from constructors, properties and structs."""
    vpc = Vpc(stack, "vpc", tags={"snake_case": "a"})
    vpc.tags_all = {"other_key": "b"}
    vpc.cidr_block = "10.0.0.0/16"
    SecurityGroup(stack, "group", ingress=[SecurityGroupIngress(**RULE, cidr_blocks=["198.51.100.0/24"])])

    resources = synthesized(stack)["resource"]

    assert resources["aws_vpc"]["vpc"] == {
        "cidr_block": "10.0.0.0/16",
        "tags": {"snake_case": "a"},
        "tags_all": {"other_key": "b"},
    }
    assert resources["aws_security_group"]["group"]["ingress"][0]["cidr_blocks"] == ["198.51.100.0/24"]


def test_lets_overrides_pass(stack: TerraformStack) -> None:
    """An override is free-form, dicts in lists included."""
    group = SecurityGroup(stack, "group")

    group.add_override("egress", [{"from_port": 0, "nested": [{"snake_case": 1}]}])
    stack.add_override("moved", [{"from": "aws_vpc.a", "to": "aws_vpc.b"}])

    json_ = synthesized(stack)
    assert json_["resource"]["aws_security_group"]["group"]["egress"] == [
        {"from_port": 0, "nested": [{"snake_case": 1}]}
    ]
    assert json_["moved"] == [{"from": "aws_vpc.a", "to": "aws_vpc.b"}]


def test_lets_values_of_any_type_pass(stack: TerraformStack) -> None:
    """Outputs, variables, functions and tokens take dicts in lists."""
    value = [{"snake_case": [{"other_key": 1}]}]

    TerraformOutput(stack, "output", value=value)
    TerraformOutput(stack, "function", value=Fn.merge([{"snake_case": 1}, {"other_key": 2}]))
    TerraformOutput(stack, "token", value=Token.as_any(value))
    TerraformVariable(stack, "variable", default=value)

    json_ = synthesized(stack)
    assert {name: output["value"] for name, output in json_["output"].items()} == {
        "output": value,
        "function": '${merge({"snake_case" = 1}, {"other_key" = 2})}',
        "token": value,
    }
    assert json_["variable"]["variable"]["default"] == value


def test_leaves_what_no_binding_declares_to_jsii(stack: TerraformStack) -> None:
    """An unknown method or property, and an argument too many, fail as they would without the guard."""
    vpc = Vpc(stack, "vpc")

    with pytest.raises(JSIIError, match="noSuchMethod"):
        jsii.invoke(vpc, "noSuchMethod", [[RULE]])
    jsii.set(vpc, "noSuchProperty", [RULE])
    with pytest.raises(JSIIError, match="noSuchProperty"):
        jsii.get(vpc, "arn")  # with its answer comes the one before
    with pytest.raises(JSIIError, match="Too many arguments"):
        jsii.invoke(vpc, "toString", [[RULE]])


def test_installs_once() -> None:
    """A second call leaves jsii's entry points as the first has made them."""
    entry_points = (jsii.create, jsii.set, jsii.invoke, jsii.sinvoke)

    plain_dict_guard.install()

    assert (jsii.create, jsii.set, jsii.invoke, jsii.sinvoke) == entry_points
