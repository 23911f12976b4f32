"""One environment of an estate as Terraform reads it."""

from __future__ import annotations

from pathlib import Path

from estate.derived.share import shares
from estate.model.estate import Estate
from stacks.environment_stack import EnvironmentStack
from tests.synth import Synthesized, make_app


def synthesize_one(outdir: Path, estate: Estate, name: str) -> Synthesized:
    """The stack of one environment, with its share of the estate."""
    stack = EnvironmentStack(
        make_app(outdir),
        name,
        config=estate.environments[name],
        organization=estate.organization,
        refactoring=estate.refactoring(name),
        share=shares(estate)[name],
    )
    return Synthesized(stack)
