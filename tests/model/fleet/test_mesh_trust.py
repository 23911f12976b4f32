"""What a file says of a mesh's trust."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.fleet.mesh_trust import MeshAuthority, MeshTrust
from tests.model.refusals import refusals

OWN = {"name": "vault-dev"}


def test_a_root_of_the_service_is_meant_where_nothing_is_said() -> None:
    """The cheaper tier, named after organization and environment."""
    trust = MeshTrust()

    assert trust.service == MeshAuthority()
    assert trust.service
    assert trust.service.pool_in("kl", "dev") == "kl-dev-mesh"
    assert (trust.service.tier, trust.service.root, trust.service.beside) == ("devops", 1, ())


def test_an_issuer_of_one_s_own_takes_its_place() -> None:
    """No root is made then."""
    trust = MeshTrust.model_validate({"issuer": OWN})

    assert trust.service is None
    assert trust.issuer
    assert (trust.issuer.kind, trust.issuer.group) == ("Issuer", "cert-manager.io")


def test_a_pool_keeps_a_name_that_is_said() -> None:
    """Such as that of one which stands."""
    assert MeshAuthority(pool="roots").pool_in("kl", "dev") == "roots"


@pytest.mark.parametrize(
    ("said", "path", "words"),
    [
        ({"authority": {}, "issuer": OWN}, "issuer", "must not stand beside authority, got vault-dev"),
        ({"renew_days": 46}, "renew_days", "at most half of intermediate_days (90), got 46; say 45 or less"),
        ({"intermediate_days": 6}, "intermediate_days", "greater than or equal to 7"),
        ({"authority": {"root": 0}}, "authority.root", "greater than or equal to 1"),
        ({"authority": {"beside": [1]}}, "authority.beside", "got 1 beside root 1"),
        ({"authority": {"beside": [2, 2]}}, "authority.beside", "got 2, 2 beside root 1"),
        ({"authority": {"tier": "standard"}}, "authority.tier", "devops"),
        ({"authority": {"pool": "a b"}}, "authority.pool", "match"),
        ({"authority": {"location": "europe"}}, "authority.location", "match"),
        ({"issuer": {}}, "issuer.name", "required"),
        ({"issuer": {"name": "Vault"}}, "issuer.name", "match"),
        ({"issuer": {"name": "vault", "kind": "issuer"}}, "issuer.kind", "match"),
    ],
    ids=[
        "two roots",
        "renewed too early",
        "too short",
        "no number",
        "beside itself",
        "twice",
        "no tier",
        "no name",
        "no region",
        "an issuer without a name",
        "no object's name",
        "no kind",
    ],
)
def test_what_is_refused(said: dict[str, Any], path: str, words: str) -> None:
    """At its place, with what is allowed."""
    found = refusals(MeshTrust, said)

    assert list(found) == [path]
    assert words in found[path]


def test_renewal_takes_half_of_the_days_at_most() -> None:
    """The bound itself is allowed."""
    assert MeshTrust(intermediate_days=8, renew_days=4).renew_days == 4
