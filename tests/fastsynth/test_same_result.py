"""The real AWS provider: the same result as without fastsynth, and types Python has never imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.fastsynth.interpreter import ROOT, run
from tests.fastsynth.plain_root import modules_of_namespaces

Observed = dict[str, Any]


def observe(mode: str) -> Observed:
    """What aws_stack.py sees in a fresh interpreter."""
    # Without NODE_OPTIONS, which this process has from fastsynth, and measuring no coverage.
    env = {name: v for name, v in os.environ.items() if name != "NODE_OPTIONS" and "COV" not in name}
    completed = subprocess.run(
        [sys.executable, "-m", "tests.fastsynth.aws_stack", mode],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    seen: Observed = json.loads(completed.stdout)
    return seen


@pytest.fixture(scope="module")
def lazy() -> Observed:
    """What a programme sees with fastsynth."""
    return observe("lazy")


@pytest.fixture(scope="module")
def plain() -> Observed:
    """What the same programme sees without it."""
    return observe("plain")


def test_synthesizes_the_same_bytes(lazy: Observed, plain: Observed) -> None:
    """A stack of AWS resources is byte for byte what plain imports make of it."""
    assert lazy["json"] == plain["json"]
    assert '"aws_instance"' in lazy["json"]


def test_root_looks_the_same(lazy: Observed, plain: Observed) -> None:
    """The provider's root lists the same names."""
    assert lazy["dir"] == plain["dir"]
    assert lazy["all"] == plain["all"]


def test_every_namespace_leads_to_the_module_that_holds_its_types(lazy: Observed) -> None:
    """The modules jsii is told of are those whose texts register the types."""
    told = {namespace: [module] for namespace, module in lazy["modules"].items()}
    assert told == modules_of_namespaces("cdktf_cdktf_provider_aws")
    assert len(told) == 2212


def test_resolves_an_object_of_a_type_never_imported() -> None:
    """An object that JavaScript made of a resource Python never imported gets its class all the same."""
    before, name, path = run(
        """
        import sys, tempfile
        from fastsynth import activation
        activation.install()
        import jsii
        from cdktf import App, TerraformStack, Testing
        from cdktf_cdktf_provider_aws.vpc import Vpc
        from jsii._kernel.types import CreateRequest

        with tempfile.TemporaryDirectory() as folder:
            stack = TerraformStack(App(outdir=folder, stack_traces=False), "stack")
            jsii.kernel.provider.create(
                CreateRequest(fqn="@cdktf/provider-aws.eip.Eip", args=[stack, "address"])
            )
            before = "cdktf_cdktf_provider_aws.eip" in sys.modules
            [eip] = stack.node.children
            result = [before, f"{type(eip).__module__}.{type(eip).__name__}", eip.node.path]
        """
    )

    assert before is False
    assert name == "cdktf_cdktf_provider_aws.eip.Eip"
    assert path == "stack/address"


def test_imports_only_what_a_programme_uses() -> None:
    """After using one resource of the real provider, no other resource's module is loaded."""
    loaded = run(
        """
        import sys
        from fastsynth import activation
        activation.install()
        from cdktf_cdktf_provider_aws.vpc import Vpc
        package = "cdktf_cdktf_provider_aws."
        result = sorted(name for name in sys.modules if name.startswith(package) and "._" not in name)
        """
    )

    assert loaded == ["cdktf_cdktf_provider_aws.vpc"]
