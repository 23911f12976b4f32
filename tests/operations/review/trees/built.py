"""Objects of a tree as text, as a person may write them."""

from __future__ import annotations

from typing import Final

RBAC: Final = "apiVersion: rbac.authorization.k8s.io/v1"
ADMISSION: Final = "apiVersion: admissionregistration.k8s.io/v1"
ARGO: Final = "apiVersion: argoproj.io/v1alpha1"
KEPT: Final = (
    "annotations: {argocd.argoproj.io/sync-options: 'Prune=false,Delete=false', "
    "client.lifecycle.config.k8s.io/deletion: detach}"
)


def both(*objects: str) -> str:
    """Several objects of one file."""
    return "\n---\n".join(objects)


def namespace(name: str = "seeiendom-web", level: str = "baseline", kept: str = KEPT) -> str:
    """A namespace with its level and what keeps it."""
    labels = f"labels: {{pod-security.kubernetes.io/enforce: {level}}}, " if level else ""
    return f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, {labels}{kept}}}"


def binding(
    role: str = "edit", group: str = "a@example.com", where: str = "seeiendom-web", kind: str = "Group"
) -> str:
    """A role of somebody in a namespace."""
    return (
        f"{RBAC}\nkind: RoleBinding\nmetadata: {{name: team-{role}, namespace: {where}}}\n"
        f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}\n"
        f"subjects: [{{kind: {kind}, name: '{group}'}}]"
    )


def everywhere(role: str, group: str = "a@example.com") -> str:
    """A role of a group in a whole cluster."""
    return (
        f"{RBAC}\nkind: ClusterRoleBinding\nmetadata: {{name: {role}}}\n"
        f"roleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{{kind: Group, name: {group}}}]"
    )


def role(rules: str, more: str = "") -> str:
    """A role of the organization's own."""
    return f"{RBAC}\nkind: ClusterRole\nmetadata: {{name: restarter{more}}}\nrules: [{rules}]"


def policy(
    levels: str = '{"seeiendom-": ["restricted", "baseline"]}',
    others: str = "[]",
    failure: str = "Fail",
    who: str = "argocd",
) -> str:
    """What holds Argo CD to prefixes."""
    return (
        f"{ADMISSION}\nkind: ValidatingAdmissionPolicy\nmetadata: {{name: p}}\nspec:\n  failurePolicy: {failure}\n"
        f"  matchConditions: [{{name: a, expression: {who}}}]\n  variables:\n"
        f"  - {{name: levels, expression: '{levels}'}}\n  - {{name: others, expression: '{others}'}}\n"
        "  validations: [{expression: 'true'}]"
    )


def in_force(actions: str = "[Deny, Audit]") -> str:
    """What puts a policy in force."""
    return (
        f"{ADMISSION}\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {{name: p}}\n"
        f"spec: {{policyName: p, validationActions: {actions}}}"
    )


def quota(hard: str = '{pods: "50"}') -> str:
    """How much a namespace may hold."""
    return (
        f"apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: team, namespace: a}}\nspec: {{hard: {hard}}}"
    )


def closed(spec: str = "{podSelector: {}, policyTypes: [Ingress]}") -> str:
    """What lets nothing into a namespace."""
    return f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: d, namespace: a}}\nspec: {spec}"


def mesh(mode: str) -> str:
    """Whether connections in the mesh have a certificate."""
    return f"apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: d}}\nspec: {{mtls: {{mode: {mode}}}}}"


def gateway(address: str = "10.0.0.5") -> str:
    """Where other clusters come in."""
    spec = f"{{type: LoadBalancer, loadBalancerIP: {address}, ports: [{{port: 15443}}]}}"
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: g, namespace: istio-system}}\nspec: {spec}"


def proxy(revision: str) -> str:
    """What takes them in."""
    labels = f"{{metadata: {{labels: {{istio.io/rev: {revision}}}}}}}"
    return f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: g, namespace: istio-system}}\nspec: {{template: {labels}}}"


def overlay(*, name: str = "a", shared: str = "", local: str = "true") -> str:
    """What a control plane is told of the mesh."""
    further = f", {{settings: {{clusterLocal: false}}, hosts: {shared}}}" if shared else ""
    told = f"[{{settings: {{clusterLocal: {local}}}, hosts: ['*']}}{further}]"
    spec = f"{{meshConfig: {{serviceSettings: {told}}}, values: {{global: {{multiCluster: {{clusterName: {name}}}}}}}}}"
    return f"apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {{name: m}}\nspec: {spec}"


def project(spec: str, kept: str = KEPT) -> str:
    """What a repository may bring where."""
    return f"{ARGO}\nkind: AppProject\nmetadata: {{name: t, namespace: argocd, {kept}}}\nspec: {spec}"


def app_set(spec: str, sync: str = "{}", kept: str = KEPT) -> str:
    """How directories become applications."""
    return (
        f"{ARGO}\nkind: ApplicationSet\nmetadata: {{name: t, namespace: argocd, {kept}}}\n"
        f"spec: {{syncPolicy: {spec}, template: {{spec: {{project: t, syncPolicy: {sync}}}}}}}"
    )


def managed(level: str) -> str:
    """The same, with the level of the namespaces that it makes."""
    label = f"{{labels: {{pod-security.kubernetes.io/enforce: {level}}}}}"
    return app_set("{}", f"{{managedNamespaceMetadata: {label}}}")


def settings(name: str, data: str = "", where: str = "argocd") -> str:
    """What software of a cluster reads."""
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: {where}}}\n{data}"


def app(source: str = "{repoURL: a, targetRevision: '1'}", more: str = "") -> str:
    """Files, or software, that Argo CD brings."""
    return (
        f"{ARGO}\nkind: Application\nmetadata: {{name: t, namespace: argocd{more}}}\n"
        f"spec: {{project: t, source: {source}}}"
    )


def other(version: str, kind: str, more: str = "") -> str:
    """An object of another kind."""
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n{more}"


CRD: Final = other("apiextensions.k8s.io/v1", "CustomResourceDefinition").replace(
    "name: a", f"name: a, {KEPT}"
)
PROJECT: Final = (
    "{sourceRepos: [a], destinations: [{namespace: 't-*', server: s}], "
    "namespaceResourceBlacklist: [{group: '', kind: ResourceQuota}], roles: [{name: r, groups: [g]}]}"
)
RESTART: Final = "{apiGroups: [apps], resources: [deployments], verbs: [patch]}"
PRESERVED: Final = "{preserveResourcesOnDeletion: 'true', applicationsSync: create-update}"
TEAM: Final = "seeiendom@example.com"
"""The group that the example's files give edit in that namespace."""
