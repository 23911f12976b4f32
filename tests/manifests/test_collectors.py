"""The chart that brings collectors takes the settings that it gets, where it and Helm can be had.

`HYBRID_HELM` names Helm 4, `HYBRID_CHARTS` a folder with the chart's own folder, `k8s-monitoring`, in the version of
`estate/facts/software.yaml`.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.derived.clusters.monitoring import PACKAGE, RELEASE, monitoring_software
from estate.facts.software import packages
from estate.model.environment import Environment
from tests.model.google.documents import ENVIRONMENT
from tests.model.monitoring.test_monitoring import ALL


@pytest.fixture(scope="module")
def chart() -> Path:
    """The chart's folder."""
    folder = Path(os.environ.get("HYBRID_CHARTS", "")) / PACKAGE
    if not os.environ.get("HYBRID_HELM") or not (folder / "Chart.yaml").is_file():
        pytest.skip("no chart of collectors: HYBRID_HELM and HYBRID_CHARTS name none")
    said = yaml.safe_load((folder / "Chart.yaml").read_text("utf-8"))
    assert said["version"] == packages()[PACKAGE].version
    return folder


def rendered(chart: Path, folder: Path, monitoring: dict[str, Any]) -> str:
    """What Helm makes of the chart and the settings of a cluster."""
    environment = Environment.model_validate({**ENVIRONMENT, "monitoring": monitoring})
    software = monitoring_software(environment, "apps", "kl-dev-apps")
    assert software
    values = folder / "values.yaml"
    values.write_text(yaml.safe_dump(dict(software.values)), "utf-8")
    command = [os.environ["HYBRID_HELM"], "template", RELEASE, str(chart), "-n", software.namespace]
    return subprocess.run(
        [*command, "-f", str(values)], capture_output=True, text=True, check=True, env={"HOME": str(folder)}
    ).stdout


@pytest.mark.parametrize(
    ("monitoring", "collectors"),
    [
        (ALL, ["alloy-logs", "alloy-metrics", "alloy-receiver", "alloy-singleton"]),
        ({"traces": ALL["traces"]}, ["alloy-receiver"]),
    ],
    ids=["all", "traces"],
)
def test_the_chart_takes_its_settings(
    chart: Path, tmp_path: Path, monitoring: dict[str, Any], collectors: list[str]
) -> None:
    """As objects that GitOps can hold: no hook, no Secret, and the operator by its name."""
    text = rendered(chart, tmp_path, monitoring)

    objects = [one for one in yaml.safe_load_all(text) if one]
    kinds = Counter(one["kind"] for one in objects)
    named = sorted(one["metadata"]["name"] for one in objects if one["kind"] == "Alloy")
    assert named == [f"{RELEASE}-{one}" for one in collectors]
    assert kinds["Secret"] == 0
    assert "helm.sh/hook" not in text
    assert "monitoring-alloy-operator" in [
        one["metadata"]["name"] for one in objects if one["kind"] == "Deployment"
    ]
