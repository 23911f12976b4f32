"""A cluster of others: what is asked of the file before Google is asked."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from estate.model.fleet.attached_cluster import AttachedClusterConfig
from tests.model.fleet.attached_documents import AKS, INSIDE, PUBLIC, jwks
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed

EKS = changed(AKS, distribution="eks", issuer="https://oidc.eks.eu-west-1.amazonaws.com/id/0A1B")


@pytest.mark.parametrize("document", [AKS, INSIDE, EKS], ids=["aks", "generic", "eks"])
def test_a_cluster_is_taken(document: dict[str, Any]) -> None:
    """Of each distribution, with a public issuer or with the keys of a private one."""
    assert refusals(AttachedClusterConfig, document) == {}


def test_its_own_name_is_kept() -> None:
    """Or organization, environment and key make one."""
    one = AttachedClusterConfig.model_validate(AKS)
    named = AttachedClusterConfig.model_validate({**AKS, "name": "1web"})

    assert (one.name_in("kl", "dev", "web"), named.name_in("kl", "dev", "web")) == ("kl-dev-web", "1web")


@pytest.mark.parametrize(
    ("server", "endpoint"),
    [
        ("https://web-1.hcp.westeurope.azmk8s.io", ("web-1.hcp.westeurope.azmk8s.io", 443)),
        ("https://10.40.0.10:6443", ("10.40.0.10", 6443)),
    ],
)
def test_its_api_is_a_host_and_a_port(server: str, endpoint: tuple[str, int]) -> None:
    """443 where none is said."""
    one = AttachedClusterConfig.model_validate(changed(AKS, reached_by__server=server))

    assert one.reached_by.endpoint == endpoint


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        (changed(AKS, distribution="gke"), "distribution", "'eks', 'aks' or 'generic'"),
        (changed(AKS, kubernetes="1.34.2"), "kubernetes", ""),
        (changed(AKS, kubernetes="1.40"), "kubernetes", "1.33, 1.34, 1.35 or the one after, got 1.40"),
        (changed(AKS, kubernetes="1.36"), "platform_version", "must be of 1.35 for Kubernetes 1.36"),
        (
            changed(AKS, platform_version="1.35.0-gke.1"),
            "platform_version",
            "must be of 1.33 or 1.34 for Kubernetes 1.34, got 1.35.0-gke.1",
        ),
        (changed(AKS, issuer="http://issuer.example.com"), "issuer", ""),
        (changed(AKS, issuer="https://issuer.example.com/?a=b"), "issuer", ""),
        (changed(INSIDE, jwks=None), "issuer", "is one that Google cannot ask for its keys"),
        (changed(AKS, issuer="https://10.0.0.1/issuer"), "issuer", "is one that Google cannot ask"),
        (changed(AKS, issuer="https://issuer"), "issuer", "is one that Google cannot ask"),
        (changed(EKS, jwks=PUBLIC), "jwks", "must be left out for eks"),
        (changed(INSIDE, jwks="bm8ga2V5cw=="), "jwks", "must be the base64 of a set of keys"),
        (changed(INSIDE, jwks="a"), "jwks", "must be the base64 of a set of keys"),
        (changed(INSIDE, jwks=jwks()), "jwks", "must be the base64 of a set of keys"),
        (changed(INSIDE, jwks=jwks("RSA")), "jwks", "must be the base64 of a set of keys"),
        (changed(INSIDE, jwks="{keys: []}"), "jwks", ""),
        (changed(INSIDE, jwks=jwks({"kty": "RSA", "d": "s3cr3t"})), "jwks", "one of them is private"),
        (changed(AKS, admin_groups=["ab@example.com", "ab@example.com"]), "admin_groups.1", "a second time"),
        (changed(AKS, admin_users=["b@example.com", "b@example.com"]), "admin_users.1", "a second time"),
        (changed(AKS, name="-web"), "name", ""),
        (changed(AKS, name="w" * 64), "name", ""),
        (changed(AKS, reached_by=None), "reached_by", ""),
        (changed(AKS, reached_by__context="two words"), "reached_by.context", ""),
        (changed(AKS, reached_by__server="https://api.example.com/path"), "reached_by.server", ""),
        (changed(AKS, reached_by__server="https://api.example.com:0"), "reached_by.server", "a port from 1"),
        (
            changed(AKS, reached_by__server="https://api.example.com:70000"),
            "reached_by.server",
            "a port from 1",
        ),
        ({**AKS, "reached_by": {**AKS["reached_by"], "token": "t0k3n"}}, "reached_by.token", ""),
    ],
)
def test_a_mistake_is_refused(document: dict[str, Any], path: str, words: str) -> None:
    """Where it stands, and nothing else is."""
    found = refusals(AttachedClusterConfig, document)

    assert list(found) == [path]
    assert words in found[path]


def test_a_private_key_is_not_repeated() -> None:
    """Not in what is said of it."""
    with pytest.raises(ValidationError) as refused:
        AttachedClusterConfig.model_validate(changed(INSIDE, jwks=jwks({"kty": "oct", "k": "s3cr3t"})))

    assert "s3cr3t" not in refused.value.errors()[0]["msg"]
