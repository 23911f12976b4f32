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
    in_force,
    mesh,
    other,
    policy,
    project,
    quota,
)
from tests.operations.review.trees.case import Case

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
        {("medium", "admission-denies-nothing")},
    ),
    "closed no more": (both(quota(), closed()), quota(), {("high", "guard-gone")}),
    "closed to fewer": (closed(), closed("{podSelector: {a: b}}"), {("high", "network-policy-changed")}),
    "opened beside": (
        quota(),
        both(quota(), closed("{podSelector: {}, ingress: [{from: []}]}")),
        {("medium", "network-policy-lets-in")},
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
        {("high", "project-wider")},
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
        {("critical", "project-open")},
    ),
    "project everywhere": (
        closed(),
        both(closed(), project(PROJECT.replace("t-*", "*"))),
        {("critical", "project-open")},
    ),
    "project with rights in the cluster": (
        closed(),
        both(closed(), project("{clusterResourceWhitelist: [{group: '', kind: Namespace, name: 't-*'}]}")),
        {("medium", "project-cluster-rights")},
    ),
    "new project": (closed(), both(closed(), project(PROJECT)), {("info", "otherwise-create")}),
    "by itself": (app_set("{}"), app_set("{}", "{automated: {}}"), {("medium", "apps-by-themselves")}),
    "new set by itself": (
        closed(),
        both(closed(), app_set("{}", "{automated: {}}")),
        {("info", "otherwise-create")},
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
    "another version": (app(), app("{repoURL: a, targetRevision: '2'}"), {("medium", "software-version")}),
    "software more": (closed(), both(closed(), app()), {("medium", "source-new")}),
    "software gone": (both(closed(), app()), closed(), {("high", "source-gone")}),
    "who signs in": (
        other("v1", "ConfigMap", "data: {policy.csv: a, url: b}"),
        other("v1", "ConfigMap", "data: {policy.csv: b, url: b}"),
        {("high", "argo-cd-rights")},
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
