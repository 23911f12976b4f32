"""What a cluster's control plane signs with: who issues it, and the certificate that istiod looks for by the name of cacerts.

The Secret is cert-manager's and its key never leaves the cluster; istiod takes `tls.crt`, `tls.key` and `ca.crt`:
`pilot/pkg/bootstrap/istio_ca.go` of https://github.com/istio/istio, release-1.31 (2026-11-29). Issuer and its fields:
https://github.com/cert-manager/google-cas-issuer, v0.12.0. Outside of the fleet's own project a token and a file sign in:
https://docs.cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity (excerpts, 2026-12-01), as
https://github.com/kartverket/skiperator writes them. Nothing in that file is secret.
"""

from __future__ import annotations

import json
from typing import Final

from estate.derived.clusters.mesh_trust import MeshTrustContents
from estate.derived.fleet.mesh_trust import ISSUER_NAMESPACE, MESH_NAMESPACE, MeshPool
from estate.facts.software import packages
from manifests.kubernetes_object import Object, metadata

_TOKENS: Final = "/var/run/secrets/tokens/gcp-ksa"
_FILE: Final = "google-application-credentials.json"
_TOKEN_SECONDS: Final = 3600
# A definition that the software brings is not there yet when the tree is applied first:
# https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#skip-dry-run-for-new-custom-resources-types.
_LATER: Final = {"argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true"}


def mesh_trust(config: MeshTrustContents | None) -> list[Object]:
    """The issuer, how it signs in, and the certificate; none where the cluster signs nothing."""
    if config is None:
        return []
    pool = config.pool
    return [
        *(_signed_in(pool, config.provider) if pool and config.provider else ()),
        *([_issuer(config, pool)] if pool else ()),
        _certificate(config),
    ]


def _issuer(config: MeshTrustContents, pool: MeshPool) -> Object:
    """Of the namespace alone. Each cluster is told of every root of the pool, so that one can take another's place."""
    return {
        "apiVersion": f"{config.issuer.group}/v1beta1",
        "kind": config.issuer.kind,
        "metadata": {**metadata(config.issuer.name, MESH_NAMESPACE), "annotations": dict(_LATER)},
        "spec": {
            "project": pool.project,
            "location": pool.location,
            "caPoolId": pool.name,
            "caFetchMode": "PoolCAs",
        },
    }


def _certificate(config: MeshTrustContents) -> Object:
    return {
        "apiVersion": "cert-manager.io/v1",
        "kind": "Certificate",
        "metadata": {**metadata("cacerts", MESH_NAMESPACE), "annotations": dict(_LATER)},
        "spec": {
            "secretName": "cacerts",
            "isCA": True,
            "commonName": config.name,
            "duration": f"{config.days * 24}h0m0s",
            "renewBefore": f"{config.renew_days * 24}h0m0s",
            "privateKey": {"algorithm": "RSA", "size": 4096, "rotationPolicy": "Always"},
            "usages": ["cert sign", "crl sign"],
            "issuerRef": {
                "group": config.issuer.group,
                "kind": config.issuer.kind,
                "name": config.issuer.name,
            },
        },
    }


def _signed_in(pool: MeshPool, provider: str) -> list[Object]:
    """The chart's own Deployment with what it lacks; its account, rights and definitions are the chart's."""
    name = f"{pool.account}-by-token"
    labels = {"app": name}
    config = {
        "type": "external_account",
        "audience": f"identitynamespace:{pool.pool}:{provider}",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {"file": f"{_TOKENS}/token"},
    }
    return [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": metadata(name, ISSUER_NAMESPACE),
            "data": {"config": json.dumps(config, indent=2)},
        },
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {**metadata(name, ISSUER_NAMESPACE), "labels": labels},
            "spec": {
                "replicas": 1,
                "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": _pod(pool, name)},
            },
        },
    ]


def _pod(pool: MeshPool, config_map: str) -> Object:
    return {
        "serviceAccountName": pool.account,
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [
            {
                "name": "google-cas-issuer",
                "image": packages()["google-cas-issuer"].images["controller"],
                "args": ["--enable-leader-election", "--log-level=1", "--metrics-addr=:9402"],
                "env": [{"name": "GOOGLE_APPLICATION_CREDENTIALS", "value": f"{_TOKENS}/{_FILE}"}],
                "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
                "securityContext": {
                    "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]},
                    "readOnlyRootFilesystem": True,
                },
                "volumeMounts": [{"name": "gcp-ksa", "mountPath": _TOKENS, "readOnly": True}],
            }
        ],
        "volumes": [
            {
                "name": "gcp-ksa",
                "projected": {
                    "sources": [
                        {
                            "serviceAccountToken": {
                                "path": "token",
                                "audience": pool.pool,
                                "expirationSeconds": _TOKEN_SECONDS,
                            }
                        },
                        {"configMap": {"name": config_map, "items": [{"key": "config", "path": _FILE}]}},
                    ]
                },
            }
        ],
    }
