"""What is told of monitoring, what of it costs, and what a person does for it."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from tests.model.google.documents import ENVIRONMENT, without
from tests.model.monitoring.test_monitoring import ALL, LOGS
from tests.operations.cards.asking import contents, steps, warnings
from tests.operations.check.prerequisites_asked import alone


def environment(**monitoring: Any) -> Environment:
    """With a cluster on VMware and one in Google Cloud."""
    return Environment.model_validate({**ENVIRONMENT, "monitoring": monitoring})


def rows(one: Environment) -> dict[str, str]:
    """Those of monitoring."""
    return {row.path: row.summary for row in contents(one) if row.path.startswith("monitoring")}


def costs(one: Environment) -> list[str]:
    """What is said of telemetry that Google charges."""
    return [text for text in warnings(one) if "by volume" in text]


def test_the_table_says_where_everything_goes() -> None:
    """Of clusters with settings of their own apart, and what Google gets of those on VMware."""
    one = environment(**ALL, clusters={"apps": {"logs": LOGS, "google": {"logs": "workloads"}}, "cloud": {}})

    assert rows(one) == {
        "monitoring": "metrics to https://mimir.example.com/api/v1/push as kl; logs to "
        "https://loki.example.com:8443/loki/api/v1/push; traces to https://tempo.example.com:4318",
        "monitoring.clusters.apps": "logs to https://loki.example.com:8443/loki/api/v1/push",
        "monitoring.clusters.cloud": "to nothing of one's own",
        "monitoring.google": "of apps fewer metrics of its software, logs of that and of all pods",
    }
    assert rows(environment(**ALL))["monitoring.google"] == "of apps whatever its software begins with"
    everything = environment(google={"metrics": "full", "managed_prometheus": True})
    assert rows(everything)["monitoring.google"] == (
        "of apps all metrics of its software, logs of that alone, managed Prometheus"
    )


def test_without_clusters_on_vmware_google_has_no_row() -> None:
    """Others say it where they stand."""
    one = Environment.model_validate({**without(ENVIRONMENT, "vmware"), "monitoring": {"logs": LOGS}})

    assert list(rows(one)) == ["monitoring"]


def test_what_is_charged_by_volume_is_said_with_its_price() -> None:
    """Nothing of what costs nothing; where nobody says anything the cluster sends all."""
    logs, samples = "0.50 dollars per GiB of logs", "0.06 dollars per million samples"
    assert costs(environment(google={})) == []
    [said] = costs(environment(google={"logs": "workloads", "managed_prometheus": True}))
    assert said.startswith("user cluster apps sends logs of all pods (")
    assert logs in said
    assert samples in said
    [unsaid] = costs(environment(**ALL))
    assert unsaid.startswith("nothing says what user cluster apps sends to Google")
    assert unsaid.endswith("; say monitoring.google")


def test_the_secret_is_made_in_each_cluster_whose_telemetry_something_opens() -> None:
    """Each entry from a file, none of it in a command."""
    found = steps(alone(environment(**ALL, clusters={"cloud": {"traces": ALL["traces"]}})), "dev")

    [step] = [what for what in found if "opens the destinations of its telemetry" in what]
    assert "in cluster apps" in step
    assert found[step][1] == (
        "kubectl --kubeconfig dev-apps.kubeconfig create secret generic telemetry --namespace=monitoring "
        "--from-file=metrics-token=METRICS-TOKEN_FILE --from-file=logs-username=LOGS-USERNAME_FILE "
        "--from-file=logs-password=LOGS-PASSWORD_FILE"
    )


def test_what_google_gets_is_a_printed_patch() -> None:
    """Of clusters on VMware alone, where the file says it: the cluster makes the object."""
    found = steps(alone(environment(google={"logs": "workloads"})), "dev")

    [step] = [what for what in found if "send to Google what the file says" in what]
    assert found[step] == (
        "kubectl --kubeconfig dev-apps.kubeconfig --namespace=kube-system patch stackdriver stackdriver --type=merge "
        '--patch=\'{"spec": {"enableCloudLoggingForApplications": true, "enableGMPForApplications": false, '
        '"optimizedMetrics": true}}\'',
    )
    assert [what for what in steps(alone(environment(**ALL)), "dev") if "send to Google" in what] == []
