"""What a person brings in beside Argo CD itself: its namespace, how people sign in, who administers it.

Argo CD's own release file has the same two ConfigMaps with other keys; whoever applies these by a manager of their own leaves
each the other's. Whoever may sync may not say another revision than the application's: it would bring in a branch that nobody
reviewed (application.sync.requireOverridePrivilegeForRevisionSync of docs/operator-manual/argocd-cm.yaml, not in 3.2.11; read
2026-11-30), whether or not people sign in by a provider. Nothing secret stands here: the client's secret is in the Secret that is named.
https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/ and .../operator-manual/rbac/, read 2026-11-30.
"""

from __future__ import annotations

from typing import Final

import yaml

from estate.derived.clusters.argo_cd import ArgoCdContents
from estate.model.argo_cd import SignIn
from manifests.argo_cd_object import NAMESPACE
from manifests.kubernetes_object import Object, metadata

CLIENT_SECRET = "client-secret"  # noqa: S105 - the name of a key
"""Key of the client's secret in the Secret that `sign_in` names."""
_EVERYBODY: Final = {"application.sync.requireOverridePrivilegeForRevisionSync": "true"}


def argo_cd_install(config: ArgoCdContents) -> list[Object]:
    """The namespace, what holds for everybody, and the settings where people sign in."""
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata(NAMESPACE)}
    sign_in = config.sign_in
    if sign_in is None:
        return [namespace, _config_map("argocd-cm", dict(_EVERYBODY))]
    return [
        namespace,
        _config_map(
            "argocd-cm",
            {
                **_EVERYBODY,
                "url": config.url,
                "admin.enabled": "false",
                "oidc.config": _oidc(sign_in),
            },
        ),
        _config_map(
            "argocd-rbac-cm",
            {
                **(
                    {"policy.csv": f'g, "{config.administrators}", role:admin\n'}
                    if config.administrators
                    else {}
                ),
                "policy.default": "",
                "scopes": f"[{sign_in.groups_claim}]",
            },
        ),
    ]


def _oidc(sign_in: SignIn) -> str:
    """The provider; without a secret, the client proves itself by PKCE."""
    proof: Object = (
        {"clientSecret": f"${sign_in.client_secret}:{CLIENT_SECRET}"}
        if sign_in.client_secret
        else {"enablePKCEAuthentication": True}
    )
    said = {
        "name": "SSO",
        "issuer": sign_in.issuer,
        "clientID": sign_in.client_id,
        **proof,
        "requestedScopes": list(sign_in.scopes),
        "requestedIDTokenClaims": {sign_in.groups_claim: {"essential": True}},
    }
    return yaml.safe_dump(said, sort_keys=False, default_flow_style=False)


def _config_map(name: str, data: Object) -> Object:
    """A ConfigMap with the labels by which Argo CD finds it."""
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": NAMESPACE}
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(name, NAMESPACE) | {"labels": labels},
        "data": data,
    }
