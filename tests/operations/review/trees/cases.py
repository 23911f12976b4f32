"""What a person may do to an object of a tree, and what is found: level and rule of each finding, and no other."""

from __future__ import annotations

from typing import Final

RBAC: Final = "apiVersion: rbac.authorization.k8s.io/v1"
ADMISSION: Final = "apiVersion: admissionregistration.k8s.io/v1"
ARGO: Final = "apiVersion: argoproj.io/v1alpha1"
KEPT: Final = (
    "annotations: {argocd.argoproj.io/sync-options: 'Prune=false,Delete=false', "
    "client.lifecycle.config.k8s.io/deletion: detach}"
)


def _and(*objects: str) -> str:
    return "\n---\n".join(objects)


def _namespace(name: str = "seeiendom-web", level: str = "baseline", kept: str = KEPT) -> str:
    labels = f"labels: {{pod-security.kubernetes.io/enforce: {level}}}, " if level else ""
    return f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, {labels}{kept}}}"


def _binding(
    role: str = "edit", group: str = "a@example.com", where: str = "seeiendom-web", kind: str = "Group"
) -> str:
    return (
        f"{RBAC}\nkind: RoleBinding\nmetadata: {{name: team-{role}, namespace: {where}}}\n"
        f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}\n"
        f"subjects: [{{kind: {kind}, name: '{group}'}}]"
    )


def _everywhere(role: str, group: str = "a@example.com") -> str:
    return (
        f"{RBAC}\nkind: ClusterRoleBinding\nmetadata: {{name: {role}}}\n"
        f"roleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{{kind: Group, name: {group}}}]"
    )


def _role(rules: str, more: str = "") -> str:
    return f"{RBAC}\nkind: ClusterRole\nmetadata: {{name: restarter{more}}}\nrules: [{rules}]"


def _policy(
    levels: str = '{"seeiendom-": ["restricted", "baseline"]}',
    others: str = "[]",
    failure: str = "Fail",
    who: str = "argocd",
) -> str:
    return (
        f"{ADMISSION}\nkind: ValidatingAdmissionPolicy\nmetadata: {{name: p}}\nspec:\n  failurePolicy: {failure}\n"
        f"  matchConditions: [{{name: a, expression: {who}}}]\n  variables:\n"
        f"  - {{name: levels, expression: '{levels}'}}\n  - {{name: others, expression: '{others}'}}\n"
        "  validations: [{expression: 'true'}]"
    )


def _in_force(actions: str = "[Deny, Audit]") -> str:
    return (
        f"{ADMISSION}\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {{name: p}}\n"
        f"spec: {{policyName: p, validationActions: {actions}}}"
    )


def _quota(hard: str = '{pods: "50"}') -> str:
    return (
        f"apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: team, namespace: a}}\nspec: {{hard: {hard}}}"
    )


def _closed(spec: str = "{podSelector: {}, policyTypes: [Ingress]}") -> str:
    return f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: d, namespace: a}}\nspec: {spec}"


def _mesh(mode: str) -> str:
    return f"apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: d}}\nspec: {{mtls: {{mode: {mode}}}}}"


def _project(spec: str, kept: str = KEPT) -> str:
    return f"{ARGO}\nkind: AppProject\nmetadata: {{name: t, namespace: argocd, {kept}}}\nspec: {spec}"


def _set(spec: str, sync: str = "{}", kept: str = KEPT) -> str:
    return (
        f"{ARGO}\nkind: ApplicationSet\nmetadata: {{name: t, namespace: argocd, {kept}}}\n"
        f"spec: {{syncPolicy: {spec}, template: {{spec: {{project: t, syncPolicy: {sync}}}}}}}"
    )


def _app(source: str = "{repoURL: a, targetRevision: '1'}", more: str = "") -> str:
    return (
        f"{ARGO}\nkind: Application\nmetadata: {{name: t, namespace: argocd{more}}}\n"
        f"spec: {{project: t, source: {source}}}"
    )


def _other(version: str, kind: str, more: str = "") -> str:
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n{more}"


_CRD: Final = _other("apiextensions.k8s.io/v1", "CustomResourceDefinition").replace(
    "name: a", f"name: a, {KEPT}"
)
_PROJECT: Final = (
    "{sourceRepos: [a], destinations: [{namespace: 't-*', server: s}], "
    "namespaceResourceBlacklist: [{group: '', kind: ResourceQuota}], roles: [{name: r, groups: [g]}]}"
)
_RESTART: Final = "{apiGroups: [apps], resources: [deployments], verbs: [patch]}"
_PRESERVED: Final = "{preserveResourcesOnDeletion: 'true', applicationsSync: create-update}"

Case = tuple[str, str, set[tuple[str, str]]]

CASES: Final[dict[str, Case]] = {
    # ---- quiet
    "nothing": (_namespace(), _namespace(), set()),
    "same in another order": (
        _binding(),
        _binding().replace("{kind: Group, name: 'a@example.com'}", "{name: 'a@example.com', kind: Group}"),
        set(),
    ),
    "namespace of a team": (
        "",
        _and(_namespace(), _binding(), _binding("restarter"), _closed(), _quota()),
        {("info", "binding-in-new-namespace"), ("info", "otherwise-create")},
    ),
    "binding renamed": (
        _binding(),
        _binding().replace("team-edit", "edit"),
        {("info", "otherwise-create"), ("low", "binding-gone")},
    ),
    # ---- who may do what
    "namespace that nobody lists": (
        "",
        _and(_namespace("kube-system"), _binding(where="kube-system")),
        {("info", "otherwise-create"), ("medium", "bound-edit")},
    ),
    "administrator in a new namespace": (
        "",
        _and(_namespace(), _binding("cluster-admin")),
        {("info", "otherwise-create"), ("critical", "becomes-administrator")},
    ),
    "person in a new namespace": (
        "",
        _and(_namespace(), _binding(kind="User")),
        {("info", "otherwise-create"), ("high", "bound-person")},
    ),
    "administrator of a cluster": (
        _namespace(),
        _and(_namespace(), _everywhere("cluster-admin")),
        {("critical", "becomes-administrator")},
    ),
    "platform team in a cluster that is there": (
        _namespace(),
        _and(_namespace(), _everywhere("cluster-admin", "platform@example.com")),
        {("critical", "becomes-administrator")},
    ),
    "platform team in a new cluster": (
        "",
        _everywhere("cluster-admin", "platform@example.com"),
        {("medium", "platform-in-new-cluster")},
    ),
    "stranger in a new cluster": (
        "",
        _everywhere("cluster-admin"),
        {("critical", "becomes-administrator")},
    ),
    "role everywhere": (
        _namespace(),
        _and(_namespace(), _everywhere("view")),
        {("high", "bound-everywhere")},
    ),
    "view to edit": (_binding("view"), _binding(), {("low", "binding-gone"), ("medium", "bound-edit")}),
    "view": (_closed(), _and(_closed(), _binding("view")), {("low", "bound-view")}),
    "admin": (_binding(), _and(_binding(), _binding("admin")), {("high", "bound-more")}),
    "everybody": (_binding(), _binding(group="system:authenticated"), {("high", "bound-person")}),
    "one less": (
        _binding().replace("}]", "}, {kind: Group, name: b}]"),
        _binding(),
        {("low", "binding-changed")},
    ),
    "another account of that name": (_binding(), _binding(kind="ServiceAccount"), {("medium", "bound-edit")}),
    "binding gone": (_and(_closed(), _binding()), _closed(), {("low", "binding-gone")}),
    "role reads secrets": (
        _role(_RESTART),
        _role(_RESTART + ", {apiGroups: [''], resources: [secrets], verbs: [get]}"),
        {("high", "role-may-become-any")},
    ),
    "role of everything": (
        _role(_RESTART),
        _role("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}"),
        {("high", "role-may-become-any")},
    ),
    "role of odd rules": (_role(_RESTART), _role("all"), {("high", "role-may-become-any")}),
    "role may more": (
        _role(_RESTART),
        _role(_RESTART.replace("[patch]", "[patch, delete]")),
        {("medium", "role-may-more")},
    ),
    "role may ask for a URL": (
        _role(_RESTART),
        _role(_RESTART + ", {nonResourceURLs: [/metrics], verbs: [get]}"),
        {("medium", "role-may-more")},
    ),
    "role may less": (
        _role(_RESTART.replace("[patch]", "[patch, delete]")),
        _role(_RESTART),
        {("low", "role-changed")},
    ),
    "role of any name": (
        _role(_RESTART.replace("verbs", "resourceNames: [a], verbs")),
        _role(_RESTART),
        {("medium", "role-may-more")},
    ),
    "role gathers": (
        _role(_RESTART),
        _role(_RESTART, ", labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}"),
        {("high", "role-gathers")},
    ),
    "role gone": (_and(_closed(), _role(_RESTART)), _closed(), {("medium", "role-gone")}),
    # ---- what takes workloads along
    "namespace let go": (
        _and(_closed(), _namespace()),
        _closed(),
        {("high", "workloads-let-go"), ("medium", "forgotten")},
    ),
    "namespace destroyed": (
        _and(_closed(), _namespace(kept="")),
        _closed(),
        {("critical", "workloads-destroyed")},
    ),
    "half protected and destroyed": (
        _and(_closed(), _project("{}", "annotations: {argocd.argoproj.io/sync-options: Prune=false}")),
        _closed(),
        {("critical", "workloads-destroyed")},
    ),
    "unprotected": (
        _namespace(),
        _namespace(kept="annotations: {a: b}"),
        {("high", "workloads-unprotected"), ("medium", "namespace-labels")},
    ),
    "never protected": (
        _closed(),
        _and(_closed(), _project("{}", "")),
        {("high", "workloads-never-protected")},
    ),
    # ---- how pods are held
    "privileged": (_namespace(), _namespace(level="privileged"), {("high", "pods-privileged")}),
    "less restricted": (_namespace(level="restricted"), _namespace(), {("high", "pods-less-restricted")}),
    "unheld": (_namespace(), _namespace(level=""), {("high", "pods-unheld")}),
    "stricter": (_namespace(), _namespace(level="restricted"), {("low", "pod-security-stricter")}),
    "label": (
        _namespace(),
        _namespace().replace("labels: {", "labels: {a: b, "),
        {("medium", "namespace-labels")},
    ),
    # ---- what holds others
    "policy gone": (
        _and(_closed(), _policy(), _in_force()),
        _closed(),
        {("high", "guard-gone")},
    ),
    "policy lets pass what it cannot judge": (
        _policy(),
        _policy(failure="Ignore"),
        {("high", "admission-fails-open")},
    ),
    "policy of fewer": (_policy(), _policy(who="'false'"), {("high", "admission-changed")}),
    "policy of another team": (
        _policy(),
        _policy('{"seeiendom-": ["restricted", "baseline"], "b-": ["restricted"]}'),
        {("medium", "admission-gains-word")},
    ),
    "prefix widened": (
        _policy(),
        _policy('{"see": ["restricted", "baseline"]}'),
        {("medium", "admission-gains-word"), ("high", "admission-loses-word")},
    ),
    "level lowered": (
        _policy(),
        _policy('{"seeiendom-": ["restricted", "baseline", "privileged"]}'),
        {("medium", "admission-gains-word"), ("high", "admission-loses-word")},
    ),
    "namespace freed": (
        _policy(),
        _policy(others='["kube-system"]'),
        {("medium", "admission-gains-word"), ("high", "admission-frees-namespace")},
    ),
    "policy warns": (_in_force(), _in_force("[Audit]"), {("high", "admission-denies-no-more")}),
    "policy warns from the beginning": (
        _closed(),
        _and(_closed(), _in_force("[Audit]")),
        {("medium", "admission-denies-nothing")},
    ),
    "closed no more": (_and(_quota(), _closed()), _quota(), {("high", "guard-gone")}),
    "closed to fewer": (_closed(), _closed("{podSelector: {a: b}}"), {("high", "network-policy-changed")}),
    "opened beside": (
        _quota(),
        _and(_quota(), _closed("{podSelector: {}, ingress: [{from: []}]}")),
        {("medium", "network-policy-lets-in")},
    ),
    "quota gone": (_and(_closed(), _quota()), _closed(), {("high", "guard-gone")}),
    "quota raised": (_quota(), _quota('{pods: "500"}'), {("low", "quota-changed")}),
    "part of a quota gone": (
        _quota(),
        _quota('{requests.cpu: "8"}'),
        {("high", "quota-part-gone")},
    ),
    "defaults gone": (
        _and(_closed(), _other("v1", "LimitRange")),
        _closed(),
        {("medium", "defaults-gone")},
    ),
    # ---- the mesh
    "mesh opened": (_mesh("STRICT"), _mesh("PERMISSIVE"), {("high", "mesh-opened")}),
    "mesh rule gone": (_and(_closed(), _mesh("STRICT")), _closed(), {("high", "guard-gone")}),
    "others may call": (
        _other(
            "security.istio.io/v1",
            "AuthorizationPolicy",
            "spec: {rules: [{from: [{source: {namespaces: [a]}}]}]}",
        ),
        _other("security.istio.io/v1", "AuthorizationPolicy", "spec: {rules: [{}]}"),
        {("high", "mesh-rule-changed")},
    ),
    "way in": (
        _closed(),
        _and(_closed(), _other("networking.istio.io/v1", "Gateway")),
        {("high", "mesh-way-in")},
    ),
    # ---- Argo CD and Config Sync
    "repository more": (
        _project(_PROJECT),
        _project(_PROJECT.replace("[a]", "[a, b]")),
        {("high", "project-wider")},
    ),
    "destination wider": (
        _project(_PROJECT),
        _project(_PROJECT.replace("t-*", "t*")),
        {("high", "project-wider")},
    ),
    "group more": (
        _project(_PROJECT),
        _project(_PROJECT.replace("[g]", "[g, h]")),
        {("high", "project-wider")},
    ),
    "destination narrower": (
        _project(_PROJECT),
        _project(_PROJECT.replace("sourceRepos: [a]", "sourceRepos: []")),
        {("low", "apps-settings")},
    ),
    "blacklist shorter": (
        _project(_PROJECT),
        _project(_PROJECT.replace("[{group: '', kind: ResourceQuota}]", "[]")),
        {("high", "project-forbids-less")},
    ),
    "project of anything": (
        _closed(),
        _and(_closed(), _project(_PROJECT.replace("[a]", "['*']"))),
        {("critical", "project-open")},
    ),
    "project everywhere": (
        _closed(),
        _and(_closed(), _project(_PROJECT.replace("t-*", "*"))),
        {("critical", "project-open")},
    ),
    "project with rights in the cluster": (
        _closed(),
        _and(_closed(), _project("{clusterResourceWhitelist: [{group: '', kind: Namespace, name: 't-*'}]}")),
        {("medium", "project-cluster-rights")},
    ),
    "new project": (_closed(), _and(_closed(), _project(_PROJECT)), {("info", "otherwise-create")}),
    "by itself": (_set("{}"), _set("{}", "{automated: {}}"), {("medium", "apps-by-themselves")}),
    "new set by itself": (
        _closed(),
        _and(_closed(), _set("{}", "{automated: {}}")),
        {("info", "otherwise-create")},
    ),
    "taken along": (_set(_PRESERVED), _set("{}"), {("high", "apps-deleted-with-directory")}),
    "taken along by a word": (
        _set(_PRESERVED),
        _set(_PRESERVED.replace("'true'", "false")),
        {("high", "apps-deleted-with-directory")},
    ),
    "set let go": (
        _and(_closed(), _set("{}")),
        _closed(),
        {("high", "workloads-let-go"), ("medium", "forgotten")},
    ),
    "source elsewhere": (_app(), _app("{repoURL: b, targetRevision: '1'}"), {("high", "source-changed")}),
    "another version": (_app(), _app("{repoURL: a, targetRevision: '2'}"), {("medium", "software-version")}),
    "software more": (_closed(), _and(_closed(), _app()), {("medium", "source-new")}),
    "software gone": (_and(_closed(), _app()), _closed(), {("high", "source-gone")}),
    "who signs in": (
        _other("v1", "ConfigMap", "data: {policy.csv: a, url: b}"),
        _other("v1", "ConfigMap", "data: {policy.csv: b, url: b}"),
        {("high", "argo-cd-rights")},
    ),
    "settings": (
        _other("v1", "ConfigMap", "data: {url: a}"),
        _other("v1", "ConfigMap", "data: {url: b}"),
        {("medium", "settings")},
    ),
    "volumes of another key": (
        _other("storage.k8s.io/v1", "StorageClass", "parameters: {encrypted: 'true', kmsKeyId: a}"),
        _other("storage.k8s.io/v1", "StorageClass", "parameters: {encrypted: 'true', kmsKeyId: b}"),
        {("high", "volumes-open")},
    ),
    "volumes deleted": (
        _other("storage.k8s.io/v1", "StorageClass", "reclaimPolicy: Retain"),
        _other("storage.k8s.io/v1", "StorageClass", "reclaimPolicy: Delete"),
        {("high", "volumes-go-with-claims")},
    ),
    "default class": (
        _other("storage.k8s.io/v1", "StorageClass", "allowVolumeExpansion: false"),
        _other("storage.k8s.io/v1", "StorageClass", "allowVolumeExpansion: true"),
        {("low", "otherwise-update")},
    ),
    "definition": (_closed(), _and(_closed(), _CRD), {("medium", "definition")}),
    # ---- secrets, and what nobody judged
    "secret": (
        _closed(),
        _and(_closed(), _other("v1", "Secret", "data: {a: aHVudGVyMg==}")),
        {("critical", "secret-written"), ("high", "secret-in-tree")},
    ),
    "empty secret": (_closed(), _and(_closed(), _other("v1", "Secret")), {("high", "secret-in-tree")}),
    "secret in a list": (
        _closed(),
        f"{_closed()}\n---\nkind: List\nitems: [{{apiVersion: v1, kind: Secret, metadata: {{name: a}}, stringData: {{a: b}}}}]",
        {("critical", "secret-written"), ("high", "secret-in-tree")},
    ),
    "unknown kind": (
        _closed(),
        _and(_closed(), _other("apps/v1", "DaemonSet")),
        {("high", "unknown"), ("info", "otherwise-create")},
    ),
    "known name of another group": (
        _closed(),
        _and(_closed(), _other("x.io/v1", "Namespace")),
        {("high", "unknown"), ("info", "otherwise-create")},
    ),
}
"""By what is done, the objects before and after."""

IN_PROD: Final[dict[str, Case]] = {
    "by itself": (_set("{}"), _set("{}", "{automated: {}}"), {("high", "apps-by-themselves-in-prod")}),
    "new set by itself": (
        _closed(),
        _and(_closed(), _set("{}", "{automated: {prune: true}}")),
        {("high", "apps-by-themselves-in-prod")},
    ),
    "new set of namespaces": (
        _closed(),
        _and(_closed(), _set("{}", "{automated: {prune: true}}").replace("name: t,", "name: t-namespaces,")),
        {("info", "otherwise-create")},
    ),
    "new software": (_closed(), _and(_closed(), _app()), {("medium", "source-new")}),
    "software by itself": (
        _app(),
        _app().replace("project: t,", "project: t, syncPolicy: {automated: {}},"),
        {("high", "software-by-itself-in-prod")},
    ),
    "pruning": (
        _set("{}", "{automated: {prune: false}}"),
        _set("{}", "{automated: {prune: true}}"),
        {("high", "apps-by-themselves-in-prod")},
    ),
    "by hand": (_set("{}", "{automated: {}}"), _set("{}"), {("low", "apps-settings")}),
    "finalizer": (
        _app(),
        _app(more=", finalizers: [resources-finalizer.argocd.argoproj.io]"),
        {("high", "apps-finalized-in-prod")},
    ),
}
"""The same in the environment that is the last in the order of promotion."""
