"""The small estate of somebody else."""

from __future__ import annotations

from operations.project import ROOT

FOREIGN = ROOT / "tests" / "foreign_estate"
"""Its folder: another organization, other names, two environments, one cloud; nothing derived stands in it."""
