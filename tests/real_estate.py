"""The environment files of this repository."""

from __future__ import annotations

from environments.estate_loader import load_estate
from environments.model.stack_plan import stack_plans
from operations.project import ROOT

ENVIRONMENTS = ROOT / "environments"
"""Their folder."""

NAMES = tuple(load_estate(ENVIRONMENTS).environments)
"""The environments, in promotion order."""

PLANS = stack_plans(load_estate(ENVIRONMENTS))
"""All stacks, companions among them, by name and in the order in which they are applied."""
