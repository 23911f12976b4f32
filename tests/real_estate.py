"""The environment files of this repository."""

from __future__ import annotations

from environments.estate_loader import load_estate
from operations.project import ROOT

ENVIRONMENTS = ROOT / "environments"
"""Their folder."""

NAMES = tuple(load_estate(ENVIRONMENTS).environments)
"""The environments, in promotion order."""
