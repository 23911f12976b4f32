"""One root for each environment, and somebody who signs under it."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import broken_rules
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT
from tests.model.refusals import refusals

TREE: dict[str, Any] = {"gitops": {}}


def with_trust(name: str, trust: dict[str, Any] | None, **fields: Any) -> Environment:
    """An environment with a mesh."""
    mesh = {"trust": trust} if trust is not None else {}
    return environment(name, fleet={"features": {"service_mesh": mesh}}, **fields)


def refused(whole: Estate) -> dict[str, str]:
    """What is said of trust, by path."""
    return {".".join(map(str, one.path)): one.message for one in broken_rules(whole) if "trust" in one.path}


def refused_of(*environments: Environment, **shared: Any) -> dict[str, str]:
    """The same, of environments that share an organization with a tree."""
    return refused(estate(organization(**(shared or TREE)), *environments))


def test_each_environment_has_a_root_of_its_own() -> None:
    """Also where two share a host project."""
    apart = [with_trust("dev", {}), with_trust("prod", {})]
    together = [
        with_trust("dev", {}, project="kl-host", owner="prod"),
        with_trust("prod", {}, project="kl-host"),
    ]

    assert refused_of(*apart) == {}
    assert refused_of(*together) == {}
    assert (
        refused_of(
            with_trust("dev", {"issuer": {"name": "a"}}), with_trust("prod", {"issuer": {"name": "b"}})
        )
        == {}
    )


def test_no_pool_is_two_environments_() -> None:
    """Their workloads could pass for each other's; in another region or project it is another pool."""
    pool = {"authority": {"pool": "roots"}}
    elsewhere = {"authority": {"pool": "roots", "location": "europe-west1"}}
    dev = with_trust("dev", pool, project="kl-host", owner="prod")

    found = refused_of(dev, with_trust("prod", pool, project="kl-host"))

    assert list(found) == ["prod.fleet.features.service_mesh.trust.authority.pool"]
    assert "must differ from dev's, got CA pool roots for both" in next(iter(found.values()))
    assert refused_of(dev, with_trust("prod", elsewhere, project="kl-host")) == {}
    assert refused_of(dev, with_trust("prod", pool)) == {}


def test_no_pool_that_is_said_is_one_that_is_derived() -> None:
    """Whoever says the name that another's pool has by itself."""
    dev = with_trust("dev", {"authority": {"pool": "kl-prod-mesh"}}, project="kl-host", owner="prod")

    assert list(refused_of(dev, with_trust("prod", {}, project="kl-host"))) == [
        "prod.fleet.features.service_mesh.trust.authority.pool"
    ]


def test_no_issuer_is_named_by_two_environments() -> None:
    """What is called the same is taken for the same; another kind or group is another."""
    own = {"issuer": {"name": "vault"}}
    other = {"issuer": {"name": "vault", "kind": "ClusterIssuer"}}

    found = refused_of(with_trust("dev", own), with_trust("prod", own))

    assert list(found) == ["prod.fleet.features.service_mesh.trust.issuer.name"]
    assert "got Issuer vault for both" in next(iter(found.values()))
    assert refused_of(with_trust("dev", own), with_trust("prod", other)) == {}


def test_a_root_s_name_fits() -> None:
    """Its pool's with a number; the highest one counts."""
    pool = "p" * 56

    def found(**more: Any) -> dict[str, str]:
        return refused_of(with_trust("dev", {"authority": {"pool": pool, **more}}), with_trust("prod", None))

    assert found() == {}
    assert list(found(beside=[10])) == ["dev.fleet.features.service_mesh.trust.authority.pool"]
    assert f"makes the root {pool}-root-10 with 64 characters" in next(iter(found(beside=[10]).values()))


def test_trust_wants_a_tree() -> None:
    """Nothing else asks for an intermediate."""
    found = refused_of(with_trust("dev", {}), with_trust("prod", None), promotion=("dev", "prod"))

    assert list(found) == ["dev.fleet.features.service_mesh.trust"]
    assert "add gitops: {} to organization.yaml" in next(iter(found.values()))


def test_google_signs_where_it_runs_every_control_plane() -> None:
    """One cluster with its own is enough for a root."""

    def found(**mesh: Any) -> list[str]:
        said = {"features": {"service_mesh": {"management": "automatic", **mesh}}}
        return list(refusals(Environment, {**ENVIRONMENT, "vmware": None, "fleet": said}))

    assert found(trust={}) == ["fleet.features.service_mesh.trust"]
    assert found(trust={}, clusters={"cloud": {"management": "manual"}}) == []
    assert found() == []
