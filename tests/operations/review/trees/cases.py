"""What a person may do to an object of a tree, and what is found: level and rule of each finding, and no other."""

from __future__ import annotations

from typing import Final

from tests.operations.review.trees.built import (
    RESTART,
    TEAM,
    app,
    app_set,
    binding,
    both,
    closed,
    everywhere,
    managed,
    namespace,
    project,
    quota,
    role,
)
from tests.operations.review.trees.case import Case
from tests.operations.review.trees.cases_others import OTHERS

CASES: Final[dict[str, Case]] = {
    **OTHERS,
    # ---- quiet
    "nothing": (namespace(), namespace(), set()),
    "same in another order": (
        binding(),
        binding().replace("{kind: Group, name: 'a@example.com'}", "{name: 'a@example.com', kind: Group}"),
        set(),
    ),
    "namespace of a team": (
        "",
        both(namespace(), binding(group=TEAM), closed(), quota()),
        {("info", "binding-in-new-namespace"), ("info", "otherwise-create")},
    ),
    "role that no file gives": (
        "",
        both(
            namespace(),
            binding("admin", TEAM),
            binding(),
            binding(group="system:authenticated").replace("team-edit", "all"),
        ),
        {
            ("info", "otherwise-create"),
            ("medium", "bound-edit"),
            ("high", "bound-more"),
            ("high", "bound-person"),
        },
    ),
    "group more in a new namespace": (
        "",
        both(namespace(), binding(group=TEAM).replace("}]", "}, {kind: Group, name: b}]")),
        {("info", "otherwise-create"), ("medium", "bound-edit")},
    ),
    "binding renamed": (
        binding(),
        binding().replace("team-edit", "edit"),
        {("info", "otherwise-create"), ("low", "binding-gone")},
    ),
    # ---- who may do what
    "namespace that nobody lists": (
        "",
        both(namespace("kube-system"), binding(where="kube-system")),
        {("info", "otherwise-create"), ("medium", "bound-edit")},
    ),
    "administrator in a new namespace": (
        "",
        both(namespace(), binding("cluster-admin")),
        {("info", "otherwise-create"), ("critical", "becomes-administrator")},
    ),
    "person in a new namespace": (
        "",
        both(namespace(), binding(kind="User")),
        {("info", "otherwise-create"), ("high", "bound-person")},
    ),
    "administrator of a cluster": (
        namespace(),
        both(namespace(), everywhere("cluster-admin")),
        {("critical", "becomes-administrator")},
    ),
    "platform team in a cluster that is there": (
        namespace(),
        both(namespace(), everywhere("cluster-admin", "platform@example.com")),
        {("critical", "becomes-administrator")},
    ),
    "platform team in a new cluster": (
        "",
        everywhere("cluster-admin", "platform@example.com"),
        {("medium", "platform-in-new-cluster")},
    ),
    "stranger in a new cluster": (
        "",
        everywhere("cluster-admin"),
        {("critical", "becomes-administrator")},
    ),
    "role everywhere": (
        namespace(),
        both(namespace(), everywhere("view")),
        {("high", "bound-everywhere")},
    ),
    "view to edit": (binding("view"), binding(), {("low", "binding-gone"), ("medium", "bound-edit")}),
    "view": (closed(), both(closed(), binding("view")), {("low", "bound-view")}),
    "admin": (binding(), both(binding(), binding("admin")), {("high", "bound-more")}),
    "everybody": (binding(), binding(group="system:authenticated"), {("high", "bound-person")}),
    "one less": (
        binding().replace("}]", "}, {kind: Group, name: b}]"),
        binding(),
        {("low", "binding-changed")},
    ),
    "another account of that name": (binding(), binding(kind="ServiceAccount"), {("medium", "bound-edit")}),
    "binding gone": (both(closed(), binding()), closed(), {("low", "binding-gone")}),
    "role reads secrets": (
        role(RESTART),
        role(RESTART + ", {apiGroups: [''], resources: [secrets], verbs: [get]}"),
        {("high", "role-may-become-any")},
    ),
    "role of everything": (
        role(RESTART),
        role("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}"),
        {("high", "role-may-become-any")},
    ),
    "role of odd rules": (role(RESTART), role("all"), {("high", "role-may-become-any")}),
    "role may more": (
        role(RESTART),
        role(RESTART.replace("[patch]", "[patch, delete]")),
        {("medium", "role-may-more")},
    ),
    "role may ask for a URL": (
        role(RESTART),
        role(RESTART + ", {nonResourceURLs: [/metrics], verbs: [get]}"),
        {("medium", "role-may-more")},
    ),
    "role may less": (
        role(RESTART.replace("[patch]", "[patch, delete]")),
        role(RESTART),
        {("low", "role-changed")},
    ),
    "role of any name": (
        role(RESTART.replace("verbs", "resourceNames: [a], verbs")),
        role(RESTART),
        {("medium", "role-may-more")},
    ),
    "role of everywhere may more": (
        both(everywhere("restarter"), role(RESTART)),
        both(everywhere("restarter"), role(RESTART.replace("[patch]", "[patch, create]"))),
        {("high", "role-everywhere-may-more")},
    ),
    "role may be any by a namespace": (
        role(RESTART),
        role(RESTART + ", {apiGroups: [''], resources: [namespaces], verbs: [patch]}"),
        {("high", "role-may-become-any")},
    ),
    "role may make applications": (
        role(RESTART),
        role(RESTART + ", {apiGroups: [argoproj.io], resources: [applications], verbs: [create]}"),
        {("high", "role-may-become-any")},
    ),
    "role may see applications": (
        role(RESTART),
        role(RESTART + ", {apiGroups: [argoproj.io], resources: [applications], verbs: [get]}"),
        {("medium", "role-may-more")},
    ),
    "role gathers once more": (
        role(RESTART, ", labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}"),
        role(
            RESTART,
            ", labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true', "
            "rbac.authorization.k8s.io/aggregate-to-edit: 'true'}",
        ),
        {("high", "role-gathers")},
    ),
    "role gathers": (
        role(RESTART),
        role(RESTART, ", labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}"),
        {("high", "role-gathers")},
    ),
    "role gone": (both(closed(), role(RESTART)), closed(), {("medium", "role-gone")}),
    # ---- what takes workloads along
    "namespace let go": (
        both(closed(), namespace()),
        closed(),
        {("high", "workloads-let-go"), ("medium", "forgotten")},
    ),
    "namespace destroyed": (
        both(closed(), namespace(kept="")),
        closed(),
        {("critical", "workloads-destroyed")},
    ),
    "half protected and destroyed": (
        both(closed(), project("{}", "annotations: {argocd.argoproj.io/sync-options: Prune=false}")),
        closed(),
        {("critical", "workloads-destroyed")},
    ),
    "unprotected": (
        namespace(),
        namespace(kept="annotations: {a: b}"),
        {("high", "workloads-unprotected"), ("medium", "namespace-labels")},
    ),
    "never protected": (
        closed(),
        both(closed(), project("{}", "")),
        {("high", "workloads-never-protected")},
    ),
    # ---- how pods are held
    "privileged": (namespace(), namespace(level="privileged"), {("high", "pods-privileged")}),
    "less restricted": (namespace(level="restricted"), namespace(), {("high", "pods-less-restricted")}),
    "unheld": (namespace(), namespace(level=""), {("high", "pods-unheld")}),
    "stricter": (namespace(), namespace(level="restricted"), {("low", "pod-security-stricter")}),
    "set's namespaces privileged": (
        managed("restricted"),
        managed("privileged"),
        {("high", "pods-privileged")},
    ),
    "set's namespaces less restricted": (
        managed("restricted"),
        managed("baseline"),
        {("high", "pods-less-restricted")},
    ),
    "label": (
        namespace(),
        namespace().replace("labels: {", "labels: {a: b, "),
        {("medium", "namespace-labels")},
    ),
}
"""By what is done, the objects before and after."""

IN_PROD: Final[dict[str, Case]] = {
    "by itself": (app_set("{}"), app_set("{}", "{automated: {}}"), {("high", "apps-by-themselves-in-prod")}),
    "new set by itself": (
        closed(),
        both(closed(), app_set("{}", "{automated: {prune: true}}")),
        {("high", "apps-by-themselves-in-prod"), ("high", "apps-new")},
    ),
    "new set of namespaces": (
        closed(),
        both(
            closed(), app_set("{}", "{automated: {prune: true}}").replace("name: t,", "name: t-namespaces,")
        ),
        {("high", "apps-by-themselves-in-prod"), ("high", "apps-new")},
    ),
    "new software by itself": (
        closed(),
        both(closed(), app().replace("project: t,", "project: t, syncPolicy: {automated: {}},")),
        {("high", "software-by-itself-in-prod"), ("medium", "source-new")},
    ),
    "new software": (closed(), both(closed(), app()), {("medium", "source-new")}),
    "software by itself": (
        app(),
        app().replace("project: t,", "project: t, syncPolicy: {automated: {}},"),
        {("high", "software-by-itself-in-prod")},
    ),
    "pruning": (
        app_set("{}", "{automated: {prune: false}}"),
        app_set("{}", "{automated: {prune: true}}"),
        {("high", "apps-by-themselves-in-prod")},
    ),
    "by hand": (app_set("{}", "{automated: {}}"), app_set("{}"), {("low", "apps-settings")}),
    "finalizer": (
        app(),
        app(more=", finalizers: [resources-finalizer.argocd.argoproj.io]"),
        {("high", "apps-finalized-in-prod")},
    ),
}
"""The same in the environment that is the last in the order of promotion."""
