"""What each part of a cluster's manifests says."""

from __future__ import annotations

from typing import Any

import yaml

from constructs_lib.access.cluster_admin_binding import cluster_admin_binding
from estate.derived.clusters.contents import ClusterContents
from estate.derived.clusters.software import Software
from estate.derived.clusters.storage import StorageClass
from estate.derived.clusters.team_namespace import TeamNamespace
from estate.model.access.cluster_role import ClusterRole
from estate.model.access.kit import NetworkDefault, PodSecurity, Quota
from estate.model.access.team import PlatformTeam
from estate.model.gitops import Applier
from manifests.cluster import cluster
from manifests.cluster_roles import cluster_roles
from manifests.namespace_prefixes import namespace_prefixes
from manifests.namespaces import namespaces
from manifests.network_policies import network_policies
from manifests.platform_access import platform_access
from manifests.quotas import quotas
from manifests.software import software
from manifests.storage_classes import storage_classes
from manifests.team_access import team_access
from manifests.writing import MARK, text

QUOTA = Quota(cpu="8", memory="16Gi", pods=50)


def namespace(**changes: Any) -> TeamNamespace:
    """A namespace of the team web."""
    said: dict[str, Any] = {
        "name": "web-shop",
        "team": "web",
        "label": "web",
        "group": "web@example.com",
        "role": "edit",
        "pod_security": PodSecurity.BASELINE,
        "network_default": NetworkDefault.OPEN,
        "quota": None,
    }
    return TeamNamespace(**{**said, **changes})


def test_a_namespace_says_whose_it_is_and_how_its_pods_are_held() -> None:
    """And nothing else, so that an apply owns these labels and leaves the fleet its own."""
    [found] = namespaces([namespace(pod_security=PodSecurity.RESTRICTED, label="shop")])

    assert (found["kind"], sorted(found), sorted(found["metadata"])) == (
        "Namespace",
        ["apiVersion", "kind", "metadata"],
        ["annotations", "labels", "name"],
    )
    assert found["metadata"]["labels"] == {
        "pod-security.kubernetes.io/enforce": "restricted",
        "team": "shop",
    }


def test_a_namespace_asks_for_proxies_of_the_mesh_where_its_cluster_has_one() -> None:
    """By the revision alone, beside which no other label of the mesh stands."""
    [found] = namespaces([namespace(mesh_revision="asm-managed")])

    assert found["metadata"]["labels"] == {
        "istio.io/rev": "asm-managed",
        "pod-security.kubernetes.io/enforce": "baseline",
        "team": "web",
    }


def test_the_platform_team_is_bound_by_the_object_that_the_stacks_put_out() -> None:
    """Word for word, so that whoever brought it in by hand before sees no change."""
    stacks = cluster_admin_binding(PlatformTeam(group="ops@example.com"))

    assert platform_access("ops@example.com") == [yaml.safe_load(stacks)]
    assert platform_access(None) == []


def test_a_team_is_bound_to_its_role_by_a_name_that_changes_with_it() -> None:
    """The role of a binding cannot be changed."""
    [found] = team_access([namespace(role="restarter")])

    assert found["metadata"] == {"name": "team-restarter", "namespace": "web-shop"}
    assert found["roleRef"] == {
        "apiGroup": "rbac.authorization.k8s.io",
        "kind": "ClusterRole",
        "name": "restarter",
    }
    assert found["subjects"] == [
        {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "web@example.com"}
    ]


def test_a_role_of_ones_own_says_its_rules() -> None:
    """Names of objects only where the file says some."""
    pods = {"api_groups": [""], "resources": ["pods"], "verbs": ["get"]}
    one = {
        "api_groups": ["apps"],
        "resources": ["deployments"],
        "verbs": ["patch"],
        "resource_names": ["shop"],
    }

    [found] = cluster_roles({"restarter": ClusterRole.model_validate({"rules": [pods, one]})})

    assert found["metadata"] == {"name": "restarter"}
    assert found["rules"] == [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]},
        {"apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": ["shop"], "verbs": ["patch"]},
    ]


def test_a_quota_comes_with_what_a_container_asks_for_that_says_nothing() -> None:
    """Without it the quota would refuse such a container; no quota, no objects."""
    quota, limits = quotas([namespace(quota=QUOTA), namespace(name="web-api")])

    assert (quota["kind"], limits["kind"]) == ("ResourceQuota", "LimitRange")
    assert quota["spec"] == {"hard": {"pods": "50", "requests.cpu": "8", "requests.memory": "16Gi"}}
    assert limits["spec"]["limits"] == [
        {"type": "Container", "defaultRequest": {"cpu": "100m", "memory": "128Mi"}}
    ]
    assert {one["metadata"]["namespace"] for one in (quota, limits)} == {"web-shop"}


def test_a_closed_namespace_lets_nothing_in_by_itself() -> None:
    """An open one gets no policy."""
    closed = namespace(network_default=NetworkDefault.DENY_INGRESS)

    [found] = network_policies([namespace(name="web-api"), closed])

    assert found["metadata"] == {"name": "default-deny-ingress", "namespace": "web-shop"}
    assert found["spec"] == {"podSelector": {}, "policyTypes": ["Ingress"]}


def test_argo_cd_is_held_to_prefixes_and_levels() -> None:
    """A team may be stricter than its level, never weaker; nobody to hold, no policy."""
    config = {"api-": PodSecurity.PRIVILEGED, "web-": PodSecurity.RESTRICTED}

    policy, binding = namespace_prefixes(config, others=["monitoring"])

    said = {one["name"]: one["expression"] for one in policy["spec"]["variables"]}
    assert said["levels"] == '{"api-": ["restricted", "baseline", "privileged"], "web-": ["restricted"]}'
    assert said["others"] == '["monitoring"]'
    assert policy["spec"]["failurePolicy"] == "Fail"
    assert binding["spec"] == {
        "policyName": policy["metadata"]["name"],
        "validationActions": ["Deny", "Audit"],
    }
    assert namespace_prefixes(None, others=[]) == []


def test_a_default_class_makes_encrypted_volumes_where_the_pod_is() -> None:
    """With the cluster's key, or AWS's own; none where a cluster comes with one."""
    [found] = storage_classes(StorageClass("gp3-disks", "arn:aws:kms:eu-west-1:1:alias/disks"))
    [plain] = storage_classes(StorageClass("gp3", None))

    assert found["metadata"] == {
        "name": "gp3-disks",
        "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
    }
    assert found["parameters"] == {
        "type": "gp3",
        "encrypted": "true",
        "kmsKeyId": "arn:aws:kms:eu-west-1:1:alias/disks",
    }
    assert found["volumeBindingMode"] == "WaitForFirstConsumer"
    assert plain["parameters"] == {"type": "gp3", "encrypted": "true"}
    assert storage_classes(None) == []


SCALER = Software("cluster-autoscaler", "scaler", "scaling", {"awsRegion": "eu-west-1"})
BALANCERS = Software("aws-load-balancer-controller", "balancers", "kube-system", {})


def test_argo_cd_is_told_which_chart_in_which_version() -> None:
    """Exactly one; what goes with it stays when the order goes, and a namespace is made where there may be none."""
    [found] = software([SCALER], applier=Applier.ARGO_CD)

    spec = found["spec"]
    assert found["metadata"] == {"name": "software.scaler", "namespace": "argocd"}
    assert spec["source"] == {
        "repoURL": "https://kubernetes.github.io/autoscaler",
        "chart": "cluster-autoscaler",
        "targetRevision": SCALER.package.version,
        "helm": {"releaseName": "scaler", "valuesObject": {"awsRegion": "eu-west-1"}},
    }
    assert spec["destination"] == {"server": "https://kubernetes.default.svc", "namespace": "scaling"}
    assert spec["syncPolicy"]["syncOptions"] == ["ServerSideApply=true", "CreateNamespace=true"]
    assert "ignoreDifferences" not in spec


def test_argo_cd_leaves_what_a_chart_makes_anew_each_time() -> None:
    """The certificate of its webhooks, or it would be written for ever."""
    [found] = software([BALANCERS], applier=Applier.ARGO_CD)

    secret, webhook, _ = found["spec"]["ignoreDifferences"]
    assert secret == {
        "group": "",
        "kind": "Secret",
        "name": "aws-load-balancer-tls",
        "jqPathExpressions": [".data"],
    }
    assert "name" not in webhook
    assert found["spec"]["syncPolicy"]["syncOptions"] == [
        "ServerSideApply=true",
        "RespectIgnoreDifferences=true",
    ]


def test_config_sync_is_told_the_same() -> None:
    """With the chart's definitions, which it leaves out otherwise."""
    [found] = software([SCALER], applier=Applier.CONFIG_SYNC)

    assert found["metadata"] == {"name": "scaler", "namespace": "config-management-system"}
    assert found["spec"]["helm"] == {
        "repo": "https://kubernetes.github.io/autoscaler",
        "chart": "cluster-autoscaler",
        "version": SCALER.package.version,
        "releaseName": "scaler",
        "namespace": "scaling",
        "auth": "none",
        "includeCRDs": True,
        "values": {"awsRegion": "eu-west-1"},
    }


def test_a_person_is_told_elsewhere() -> None:
    """By ``hybrid prerequisites``: nothing in the cluster would take the order."""
    assert software([SCALER], applier=Applier.NONE) == []


def test_a_cluster_that_gets_nothing_has_a_folder_all_the_same() -> None:
    """Whoever applies it would fail on a folder that is not there."""
    nothing = ClusterContents("dev", "apps", None, {}, (), None, ())

    assert cluster(nothing) == {"10-namespaces": []}
    assert text([], "dev").splitlines() == [
        f"{MARK} from organization.yaml and dev.yaml: do not edit, change those.",
        "# Nothing is in it yet.",
    ]


def test_a_text_has_no_anchors() -> None:
    """The same value twice is written twice."""
    shared = {"a": "b"}

    assert "&" not in text([{"one": shared, "two": shared}], "dev")
