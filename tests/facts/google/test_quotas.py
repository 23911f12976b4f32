"""Quotas of Compute Engine, and what of them a machine type takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import estate.facts.google.quotas as facts
from estate.facts.google.quotas import processors, processors_metric, seen


@pytest.mark.parametrize(
    ("machine_type", "metric", "count"),
    [
        ("e2-standard-4", "CPUS", 4),
        ("n1-highmem-16", "CPUS", 16),
        ("e2-medium", "CPUS", 2),
        ("n2-standard-8", "N2_CPUS", 8),
        ("n2-custom-6-16384", "N2_CPUS", 6),
        ("n2d-highcpu-32", "N2D_CPUS", 32),
        ("c3-standard-4-lssd", "C3_CPUS", 4),
        ("c4-standard-8", "CPUS_PER_VM_FAMILY of C4", 8),
        ("a2-highgpu-1g", "A2_CPUS", 2),
    ],
)
def test_a_type_s_name_says_its_family_and_its_processors(machine_type: str, metric: str, count: int) -> None:
    """Custom ones too; types with GPUs say something else."""
    assert (processors_metric(machine_type), processors(machine_type)) == (metric, count)


def test_each_number_has_its_source() -> None:
    """And the day on which it was read."""
    data = json.loads(Path(facts.__file__).with_suffix(".json").read_text("utf-8"))

    assert data["read_on"] == "2026-11-30"
    assert [key for key, entry in data["seen"].items() if "https://" not in entry["source"]] == []
    assert seen() == {"processors": 8, "spot_processors": 0, "ssd_gb": 250}
