"""The same for what holds others, the mesh, what appliers take from where, and secrets."""

from __future__ import annotations

from typing import Final

from tests.operations.review.trees.built import (
    CRD,
    PRESERVED,
    PROJECT,
    app,
    app_set,
    both,
    closed,
    gateway,
    in_force,
    mesh,
    other,
    overlay,
    policy,
    project,
    proxy,
    quota,
    settings,
)
from tests.operations.review.trees.case import Case

PATTERN: Final = {("high", "project-pattern")}
TAKEN_OUT: Final = {("high", "object-taken-out")}


def annotated(key: str, value: str) -> str:
    """A quota with an annotation."""
    return quota().replace("namespace: a", f"namespace: a, annotations: {{{key}: {value}}}")


OTHERS: Final[dict[str, Case]] = {
    # ---- what holds others
    "policy gone": (
        both(closed(), policy(), in_force()),
        closed(),
        {("high", "guard-gone")},
    ),
    "policy lets pass what it cannot judge": (
        policy(),
        policy(failure="Ignore"),
        {("high", "admission-fails-open")},
    ),
    "policy of fewer": (policy(), policy(who="'false'"), {("high", "admission-changed")}),
    "policy of another team": (
        policy(),
        policy('{"seeiendom-": ["restricted", "baseline"], "b-": ["restricted"]}'),
        {("medium", "admission-gains-word")},
    ),
    "prefix widened": (
        policy(),
        policy('{"see": ["restricted", "baseline"]}'),
        {("medium", "admission-gains-word"), ("high", "admission-loses-word")},
    ),
    "level lowered": (
        policy(),
        policy('{"seeiendom-": ["restricted", "baseline", "privileged"]}'),
        {("medium", "admission-gains-word"), ("high", "admission-loses-word")},
    ),
    "namespace freed": (
        policy(),
        policy(others='["kube-system"]'),
        {("medium", "admission-gains-word"), ("high", "admission-frees-namespace")},
    ),
    "policy warns": (in_force(), in_force("[Audit]"), {("high", "admission-denies-no-more")}),
    "policy warns from the beginning": (
        closed(),
        both(closed(), in_force("[Audit]")),
        {("medium", "admission-denies-nothing"), ("medium", "admission-new")},
    ),
    "policy more": (closed(), both(closed(), policy(), in_force()), {("medium", "admission-new")}),
    # ---- what is taken out
    "left out by an annotation": (
        quota(),
        annotated("config.kubernetes.io/local-config", "'true'"),
        TAKEN_OUT,
    ),
    "left out of this cluster": (
        quota(),
        annotated("configsync.gke.io/cluster-name-selector", "b"),
        TAKEN_OUT,
    ),
    "hook": (quota(), annotated("argocd.argoproj.io/hook", "Skip"), TAKEN_OUT),
    "hook of another tool": (quota(), annotated("helm.sh/hook", "pre-install"), TAKEN_OUT),
    "managed no more": (quota(), annotated("configmanagement.gke.io/managed", "disabled"), TAKEN_OUT),
    "not changed any more": (
        quota(),
        annotated("client.lifecycle.config.k8s.io/mutation", "ignore"),
        TAKEN_OUT,
    ),
    "new and left out": (
        closed(),
        both(closed(), annotated("config.kubernetes.io/local-config", "'true'")),
        TAKEN_OUT,
    ),
    "closed no more": (both(quota(), closed()), quota(), {("high", "guard-gone")}),
    "closed to fewer": (closed(), closed("{podSelector: {a: b}}"), {("high", "network-policy-changed")}),
    "opened beside": (
        quota(),
        both(quota(), closed("{podSelector: {}, ingress: [{from: []}]}")),
        {("medium", "network-policy-lets-in")},
    ),
    "opened beside to everybody": (
        quota(),
        both(quota(), closed("{podSelector: {}, ingress: [{}]}")),
        {("medium", "network-policy-lets-in")},
    ),
    "closed in one more namespace": (
        quota(),
        both(quota(), closed("{podSelector: {}, ingress: []}")),
        {("info", "otherwise-create")},
    ),
    "quota gone": (both(closed(), quota()), closed(), {("high", "guard-gone")}),
    "quota raised": (quota(), quota('{pods: "500"}'), {("low", "quota-changed")}),
    "part of a quota gone": (
        quota(),
        quota('{requests.cpu: "8"}'),
        {("high", "quota-part-gone")},
    ),
    "defaults gone": (
        both(closed(), other("v1", "LimitRange")),
        closed(),
        {("medium", "defaults-gone")},
    ),
    # ---- the mesh
    "mesh opened": (mesh("STRICT"), mesh("PERMISSIVE"), {("high", "mesh-opened")}),
    "mesh closed": (mesh("PERMISSIVE"), mesh("STRICT"), {("high", "mesh-closed")}),
    "way between clusters gone": (both(closed(), gateway()), closed(), {("high", "mesh-way-gone")}),
    "way between clusters moved": (
        gateway(),
        gateway(address="10.0.0.6"),
        {("high", "mesh-way-moved")},
    ),
    "gateway of another revision": (
        proxy("asm-1313-9"),
        proxy("asm-1314-1"),
        {("medium", "mesh-gateway-changed")},
    ),
    "cluster of another name": (overlay(), overlay(name="b"), {("high", "mesh-renamed")}),
    "host shared": (overlay(), overlay(shared="[a.b]"), {("high", "mesh-shares-host")}),
    "another host shared": (
        overlay(shared="[a.b]"),
        overlay(shared="[a.b, c.d]"),
        {("high", "mesh-shares-host"), ("high", "mesh-shares-less")},
    ),
    "host no longer shared": (overlay(shared="[a.b]"), overlay(), {("high", "mesh-shares-less")}),
    "everything shared": (
        overlay(),
        overlay(local="false"),
        {("critical", "mesh-shares-all"), ("high", "mesh-shares-host")},
    ),
    "mesh rule gone": (both(closed(), mesh("STRICT")), closed(), {("high", "guard-gone")}),
    "others may call": (
        other(
            "security.istio.io/v1",
            "AuthorizationPolicy",
            "spec: {rules: [{from: [{source: {namespaces: [a]}}]}]}",
        ),
        other("security.istio.io/v1", "AuthorizationPolicy", "spec: {rules: [{}]}"),
        {("high", "mesh-rule-changed")},
    ),
    "more may call": (
        closed(),
        both(closed(), other("security.istio.io/v1", "AuthorizationPolicy", "spec: {rules: [{}]}")),
        {("high", "mesh-rule-new")},
    ),
    "fewer may call": (
        closed(),
        both(
            closed(),
            other("security.istio.io/v1", "AuthorizationPolicy", "spec: {action: DENY, rules: [{}]}"),
        ),
        {("info", "otherwise-create")},
    ),
    "way in": (
        closed(),
        both(closed(), other("networking.istio.io/v1", "Gateway")),
        {("high", "mesh-way-in")},
    ),
    # ---- Argo CD and Config Sync
    "repository more": (
        project(PROJECT),
        project(PROJECT.replace("[a]", "[a, b]")),
        {("high", "project-wider")},
    ),
    "destination wider": (
        project(PROJECT),
        project(PROJECT.replace("t-*", "t*")),
        {("high", "project-wider"), *PATTERN},
    ),
    "group more": (
        project(PROJECT),
        project(PROJECT.replace("[g]", "[g, h]")),
        {("high", "project-wider")},
    ),
    "destination narrower": (
        project(PROJECT),
        project(PROJECT.replace("sourceRepos: [a]", "sourceRepos: []")),
        {("low", "apps-settings")},
    ),
    "blacklist shorter": (
        project(PROJECT),
        project(PROJECT.replace("[{group: '', kind: ResourceQuota}]", "[]")),
        {("high", "project-forbids-less")},
    ),
    "project of anything": (
        closed(),
        both(closed(), project(PROJECT.replace("[a]", "['*']"))),
        {("critical", "project-open"), *PATTERN},
    ),
    "project everywhere": (
        closed(),
        both(closed(), project(PROJECT.replace("t-*", "*"))),
        {("critical", "project-open"), *PATTERN},
    ),
    "project with rights in the cluster": (
        closed(),
        both(
            closed(),
            project("{clusterResourceWhitelist: [{group: '', kind: Namespace, name: 'seeiendom-*'}]}"),
        ),
        {("medium", "project-cluster-rights")},
    ),
    "new project": (
        closed(),
        both(closed(), project(PROJECT.replace("t-*", "seeiendom-*"))),
        {("info", "otherwise-create")},
    ),
    "project of a prefix that no team has": (
        closed(),
        both(closed(), project(PROJECT.replace("t-*", "kube-*"))),
        PATTERN,
    ),
    "project of all but one": (closed(), both(closed(), project(PROJECT.replace("t-*", "!kube-x"))), PATTERN),
    "project of a host": (
        closed(),
        both(closed(), project("{sourceRepos: ['https://*'], destinations: [{namespace: t}, a]}")),
        PATTERN,
    ),
    "project of many kinds": (
        closed(),
        both(closed(), project("{clusterResourceWhitelist: [{group: rbac*, kind: Cluster*}]}")),
        {*PATTERN, ("medium", "project-cluster-rights")},
    ),
    "whitelist that goes": (
        project("{namespaceResourceWhitelist: [{group: apps, kind: Deployment}]}"),
        project("{namespaceResourceWhitelist: []}"),
        {("high", "project-forbids-less")},
    ),
    "by itself": (app_set("{}"), app_set("{}", "{automated: {}}"), {("medium", "apps-by-themselves")}),
    "new set by itself": (
        closed(),
        both(closed(), app_set("{}", "{automated: {}}")),
        {("high", "apps-new")},
    ),
    "taken along": (app_set(PRESERVED), app_set("{}"), {("high", "apps-deleted-with-directory")}),
    "taken along by a word": (
        app_set(PRESERVED),
        app_set(PRESERVED.replace("'true'", "false")),
        {("high", "apps-deleted-with-directory")},
    ),
    "set let go": (
        both(closed(), app_set("{}")),
        closed(),
        {("high", "workloads-let-go"), ("medium", "forgotten")},
    ),
    "source elsewhere": (app(), app("{repoURL: b, targetRevision: '1'}"), {("high", "source-changed")}),
    "telemetry elsewhere": (
        app("{repoURL: a, helm: {valuesObject: {destinations: {logs: {url: one}}}}}"),
        app("{repoURL: a, helm: {valuesObject: {destinations: {logs: {url: two}}}}}"),
        {("high", "telemetry-elsewhere")},
    ),
    "telemetry to one more": (
        app("{repoURL: a, helm: {valuesObject: {destinations: {logs: {url: one}}}}}"),
        app("{repoURL: a, helm: {valuesObject: {destinations: {logs: {url: one}, metrics: {url: two}}}}}"),
        {("high", "telemetry-elsewhere")},
    ),
    "another version": (app(), app("{repoURL: a, targetRevision: '2'}"), {("medium", "software-version")}),
    "software more": (closed(), both(closed(), app()), {("medium", "source-new")}),
    "software gone": (both(closed(), app()), closed(), {("high", "source-gone")}),
    "who signs in": (
        other("v1", "ConfigMap", "data: {policy.csv: a, url: b}"),
        other("v1", "ConfigMap", "data: {policy.csv: b, url: b}"),
        {("high", "argo-cd-rights")},
    ),
    "who signs in by another key": (
        settings("argocd-rbac-cm", "data: {url: a}"),
        settings("argocd-rbac-cm", "data: {url: a, policy.more.csv: b}"),
        {("high", "argo-cd-settings")},
    ),
    "who may what in Argo CD": (
        closed(),
        both(closed(), settings("argocd-rbac-cm", "data: {url: a}")),
        {("high", "argo-cd-settings")},
    ),
    "label of Argo CD's settings": (
        settings("argocd-cm", "data: {url: a}"),
        settings("argocd-cm, labels: {a: b}", "data: {url: a}"),
        {("medium", "settings")},
    ),
    "settings of the system": (
        closed(),
        both(closed(), settings("coredns-custom", where="kube-system")),
        {("medium", "system-settings")},
    ),
    "settings": (
        other("v1", "ConfigMap", "data: {url: a}"),
        other("v1", "ConfigMap", "data: {url: b}"),
        {("medium", "settings")},
    ),
    "volumes of another key": (
        other("storage.k8s.io/v1", "StorageClass", "parameters: {encrypted: 'true', kmsKeyId: a}"),
        other("storage.k8s.io/v1", "StorageClass", "parameters: {encrypted: 'true', kmsKeyId: b}"),
        {("high", "volumes-open")},
    ),
    "volumes deleted": (
        other("storage.k8s.io/v1", "StorageClass", "reclaimPolicy: Retain"),
        other("storage.k8s.io/v1", "StorageClass", "reclaimPolicy: Delete"),
        {("high", "volumes-go-with-claims")},
    ),
    "default class": (
        other("storage.k8s.io/v1", "StorageClass", "allowVolumeExpansion: false"),
        other("storage.k8s.io/v1", "StorageClass", "allowVolumeExpansion: true"),
        {("low", "otherwise-update")},
    ),
    "definition": (closed(), both(closed(), CRD), {("medium", "definition")}),
    # ---- secrets, and what nobody judged
    "secret": (
        closed(),
        both(closed(), other("v1", "Secret", "data: {a: aHVudGVyMg==}")),
        {("critical", "secret-written"), ("high", "secret-in-tree")},
    ),
    "empty secret": (closed(), both(closed(), other("v1", "Secret")), {("high", "secret-in-tree")}),
    "unknown kind": (
        closed(),
        both(closed(), other("apps/v1", "DaemonSet")),
        {("high", "unknown"), ("info", "otherwise-create")},
    ),
    "known name of another group": (
        closed(),
        both(closed(), other("x.io/v1", "Namespace")),
        {("high", "unknown"), ("info", "otherwise-create")},
    ),
}
"""By what is done."""
