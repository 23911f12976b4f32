"""Synthesize a stack in a test and look at it as plain dicts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cdktf import App, TerraformStack, Testing

from estate.facts.providers import versions
from tests.providers.holding import problems, schemas_of


class Synthesized:
    """What Terraform would read of one stack, which every version of Google's provider that a stack may name takes."""

    def __init__(self, stack: TerraformStack) -> None:
        # True: run the constructs' own validations, which are off by default.
        self.json: dict[str, Any] = json.loads(Testing.synth(stack, run_validations=True))
        for version in versions("google"):
            assert list(problems(self.json, schemas_of(self.json, google=version))) == [], version

    def resources(self, type_: str) -> dict[str, dict[str, Any]]:
        """Resources of a type by name, nulls left out."""
        return {
            name: _without_nulls(body) for name, body in self.json.get("resource", {}).get(type_, {}).items()
        }

    def data(self, type_: str) -> dict[str, dict[str, Any]]:
        """Data sources of a type by name, nulls left out."""
        return {name: _without_nulls(body) for name, body in self.json.get("data", {}).get(type_, {}).items()}

    def one(self, type_: str) -> dict[str, Any]:
        """The only resource of a type."""
        found = self.resources(type_)
        assert len(found) == 1, f"{len(found)} of {type_}: {sorted(found)}"
        return next(iter(found.values()))

    def address(self, type_: str) -> str:
        """Address of the only resource of a type."""
        found = self.resources(type_)
        assert len(found) == 1, f"{len(found)} of {type_}: {sorted(found)}"
        return f"{type_}.{next(iter(found))}"

    def counts(self) -> dict[str, int]:
        """How many resources of each type there are."""
        return {type_: len(found) for type_, found in sorted(self.json.get("resource", {}).items())}

    @property
    def outputs(self) -> dict[str, Any]:
        """Outputs by name."""
        return dict(self.json.get("output", {}))


def make_app(outdir: Path) -> App:
    """An app that writes below ``outdir``, with the version in its output masked."""
    return Testing.stub_version(App(stack_traces=False, outdir=str(outdir)))


def synthesize(outdir: Path, define: Callable[[TerraformStack], Any]) -> Synthesized:
    """Synthesize a stack that holds what ``define`` puts in it, with the AWS provider declared.

    Args:
        outdir: the test's tmp_path; without one, cdktf leaves a folder behind in the system's.
        define: called with the stack.
    """
    from cdktf_cdktf_provider_aws.provider import AwsProvider

    stack = TerraformStack(make_app(outdir), "stack")
    AwsProvider(stack, "aws", region="eu-west-1")
    define(stack)
    return Synthesized(stack)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None and k != "//"}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value]
    return value
