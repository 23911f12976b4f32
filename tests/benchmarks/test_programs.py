"""Programmes written for a stack."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bindings import Bindings
from benchmarks.programs import Style, write_program

STACK: dict[str, Any] = {
    "terraform": {"backend": {"s3": {"bucket": "b", "key": "k", "use_lockfile": True}}},
    "provider": {
        "aws": [{"region": "eu-west-1"}],
        "google": [{"default_labels": {"managed-by": "us"}}],
        "helm": [{"alias": "one"}, {"alias": "other"}],
        "vsphere": [{"vsphere_server": "v"}],
    },
    "locals": {"keys": ["${var.key}"]},
    "variable": {"key": {"type": "string"}},
    "data": {"aws_ami": {"Image": {"most_recent": True}}},
    "resource": {
        "aws_subnet": {"Subnet": {"vpc_id": "${aws_vpc.Vpc.id}"}, "Other": {"vpc_id": "${aws_vpc.Vpc.id}"}},
        "aws_vpc": {"Vpc": {"cidr_block": "10.0.0.0/16"}},
        "helm_release": {"Release": {"provider": "helm.other"}},
    },
    "output": {"vpc": {"value": "${aws_vpc.Vpc.id}"}},
    "moved": [{"from": "aws_vpc.Old", "to": "aws_vpc.Vpc"}],
}


@pytest.fixture
def bindings(tmp_path: Path) -> Bindings:
    """Provider packages with the classes that STACK needs; a module declares structs beside its class."""
    for module, name, kind in (
        ("provider-aws/lib/provider", "AwsProvider", "Provider"),
        ("provider-aws/lib/data-aws-ami", "DataAwsAmi", "DataSource"),
        ("provider-aws/lib/subnet", "SubnetA", "Resource"),
        ("provider-aws/lib/vpc", "Vpc", "Resource"),
        ("provider-google/lib/provider", "GoogleProvider", "Provider"),
        ("provider-helm/lib/provider", "HelmProvider", "Provider"),
        ("provider-helm/lib/release", "Release", "Resource"),
        ("provider-vsphere/lib/provider", "VsphereProvider", "Provider"),
    ):
        folder = tmp_path / "packages" / "@cdktf" / module
        folder.mkdir(parents=True)
        (folder / "index.d.ts").write_text(
            "export declare class Timeouts extends cdktf.ComplexObject {\n}\n"
            f"export declare class {name} extends cdktf.Terraform{kind} {{\n}}\n"
        )
    return Bindings(tmp_path / "packages")


def program(tmp_path: Path, bindings: Bindings, style: Style) -> str:
    """The file of the stack, in a programme of one stack."""
    write_program(tmp_path / style, {"dev": STACK}, bindings, style)
    return (tmp_path / style / f"dev.{style.suffix}").read_text("utf-8")


@pytest.mark.parametrize("style", Style)
def test_everything_is_made_once(tmp_path: Path, bindings: Bindings, style: Style) -> None:
    """A programme makes what the stack holds, and nothing else."""
    made = re.findall(r"new ([\w.]+)\(stack(?:, \"(\w+)\")?", program(tmp_path, bindings, style))

    root = style is Style.TYPESCRIPT_ROOT
    assert sorted(made) == sorted(
        [
            ("cdktf.S3Backend", ""),
            ("aws.provider.AwsProvider" if root else "AwsProvider", "Aws"),
            ("google.provider.GoogleProvider" if root else "GoogleProvider", "Google"),
            ("helm.provider.HelmProvider" if root else "HelmProvider", "HelmOne"),
            ("helm.provider.HelmProvider" if root else "HelmProvider", "HelmOther"),
            ("helm.release.Release" if root else "Release", "Release"),
            ("cdktf.TerraformLocal", "keys"),
            ("vsphere.provider.VsphereProvider" if root else "VsphereProvider", "Vsphere"),
            ("cdktf.TerraformVariable", "key"),
            ("aws.dataAwsAmi.DataAwsAmi" if root else "DataAwsAmi", "Image"),
            ("aws.subnet.SubnetA" if root else "SubnetA", "Other"),
            ("aws.subnet.SubnetA" if root else "SubnetA", "Subnet"),
            ("aws.vpc.Vpc" if root else "Vpc", "Vpc"),
            ("cdktf.TerraformOutput", "vpc"),
        ]
    )


def test_nothing_is_used_before_it_is_made(tmp_path: Path, bindings: Bindings) -> None:
    """A constant of JavaScript cannot be read above its line, whatever the order in JSON."""
    text = program(tmp_path, bindings, Style.JAVASCRIPT)

    (variable,) = re.findall(r"const (r\d+) = new Vpc", text)

    assert text.index(f"const {variable} =") < min(
        found.start() for found in re.finditer(rf"{variable}\.id", text)
    )
    assert len(re.findall(rf"{variable}\.id", text)) == 3


def test_what_the_bindings_do_not_know_is_an_override(tmp_path: Path, bindings: Bindings) -> None:
    """The lock file in S3 and refactoring blocks are younger than cdktf, in Python too."""
    text = program(tmp_path, bindings, Style.TYPESCRIPT)

    assert re.findall(r"stack\.addOverride\((.*)\);", text) == [
        '"terraform.backend.s3.use_lockfile", true',
        '"moved", [{"from": "aws_vpc.Old", "to": "aws_vpc.Vpc"}]',
    ]


@pytest.mark.parametrize("style", Style)
def test_labels_of_a_provider_go_past_the_binding(tmp_path: Path, bindings: Bindings, style: Style) -> None:
    """Cdktf would write their hyphens as underscores."""
    lines = program(tmp_path, bindings, style).splitlines()

    (variable,) = (line.split()[1] for line in lines if "GoogleProvider(stack" in line)

    assert f'  {variable}.addOverride("default_labels", {{"managed-by": "us"}});' in lines


def test_a_resource_goes_by_the_provider_that_it_names(tmp_path: Path, bindings: Bindings) -> None:
    """Each EKS cluster has a Helm provider of its own."""
    text = program(tmp_path, bindings, Style.TYPESCRIPT)

    (variable,) = re.findall(r'const (r\d+) = new HelmProvider\(stack, "HelmOther"', text)

    assert f'new Release(stack, "Release", {{\n    provider: {variable},\n  }});' in text


@pytest.mark.parametrize(
    ("style", "cast"),
    [(Style.JAVASCRIPT, ""), (Style.TYPESCRIPT, " as any"), (Style.TYPESCRIPT_ROOT, " as any")],
)
def test_vsphere_credentials_are_not_demanded(
    tmp_path: Path, bindings: Bindings, style: Style, cast: str
) -> None:
    """They come from the process environment, which the types of the binding do not know."""
    text = program(tmp_path, bindings, style)

    assert f'"Vsphere", {{\n    vsphereServer: "v",\n  }}{cast});' in text


@pytest.mark.parametrize(
    ("style", "imports"),
    [
        (Style.JAVASCRIPT, ['const { Vpc } = require("@cdktf/provider-aws/lib/vpc");']),
        (Style.TYPESCRIPT, ['import { Vpc } from "@cdktf/provider-aws/lib/vpc";']),
        (Style.TYPESCRIPT_ROOT, ['import * as aws from "@cdktf/provider-aws";']),
    ],
)
def test_imports_are_in_the_style_to_measure(
    tmp_path: Path, bindings: Bindings, style: Style, imports: list[str]
) -> None:
    """Importing the package root is what is compared with importing resource by resource."""
    lines = program(tmp_path, bindings, style).splitlines()

    assert [line for line in lines if "Vpc }" in line or "* as aws" in line] == imports


def test_a_stack_may_have_any_name(tmp_path: Path, bindings: Bindings) -> None:
    """An environment may be called like a word of the language."""
    main = write_program(tmp_path, {"delete": STACK}, bindings, Style.JAVASCRIPT)

    assert 'const deleteStack = require("./delete");\n' in main.read_text("utf-8")


def test_refuses_a_module_without_a_class(tmp_path: Path, bindings: Bindings) -> None:
    """A provider package that changed its form is noticed before anything is measured."""
    package = tmp_path / "packages" / "@cdktf" / "provider-aws"
    (package / "lib" / "vpc" / "index.d.ts").write_text("")

    with pytest.raises(ValueError, match=r"vpc/index.d.ts must declare one class to construct, got \[\]"):
        bindings.resource("aws_vpc")
