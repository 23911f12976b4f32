"""The estate that tests, documents and benchmarks use."""

from __future__ import annotations

from estate.derived.stack_plan import stack_plans
from estate.reading.estate_loader import load_estate
from operations.project import ROOT

ENVIRONMENTS = ROOT / "tests" / "estate"
"""Their folder."""

TREE = ENVIRONMENTS.parent / "clusters"
"""The tree of manifests that they ask for."""

ESTATE = load_estate(ENVIRONMENTS)
"""The estate as it is read."""

NAMES = tuple(ESTATE.environments)
"""The environments, in promotion order."""

PLANS = stack_plans(ESTATE)
"""All stacks, companions among them, by name and in the order in which they are applied."""
