"""What each member cluster gets."""

from __future__ import annotations

from dataclasses import replace

from estate.derived.access.grants import Binding, grants
from estate.derived.clusters.contents import clusters
from estate.model.access.kit import PodSecurity
from estate.model.environment import Environment
from estate.model.gitops import Applier
from tests.manifests.asking import EVERYTHING
from tests.manifests.example_tree import with_teams_repositories, with_tree
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.model.google.documents import ENVIRONMENT

PLATFORM = {"group": "platform@example.com"}


def test_a_team_s_role_is_that_of_its_scope() -> None:
    """In every environment and every namespace, so that both ways into a cluster give the same."""
    whole = with_tree("none")

    by_scope = {
        (grant.holder, grant.scope, grant.role, grant.grantee.address)
        for grant in grants(whole)
        if grant.binding is Binding.SCOPE_RBAC
    }
    by_tree = {
        (one.environment, found.team, found.role, found.group)
        for one in clusters(whole, list(whole.environments))
        for found in one.namespaces
    }

    assert by_tree
    assert by_tree == by_scope


def test_attached_clusters_have_their_administrators_already() -> None:
    """The attachment names the platform team's group, so the tree does not."""
    one = environment("dev", aws=AWS)

    [found] = clusters(estate(organization(promotion=("dev",), platform_team=PLATFORM), one), ["dev"])

    assert (found.key, found.platform_group) == ("cloud", None)


def test_members_on_vmware_and_in_google_cloud_make_the_platform_team_administrator() -> None:
    """Where there is one."""
    one = Environment.model_validate(ENVIRONMENT)
    teams = {"seeiendom": SEEIENDOM}

    with_one = estate(organization(promotion=("dev",), platform_team=PLATFORM, teams=teams), one)
    without = estate(organization(promotion=("dev",), teams=teams), one)

    assert [(c.key, c.platform_group) for c in clusters(with_one, ["dev"])] == [
        ("apps", "platform@example.com"),
        ("cloud", "platform@example.com"),
    ]
    assert {c.platform_group for c in clusters(without, ["dev"])} == {None}


def test_namespaces_ask_for_the_mesh_of_their_cluster() -> None:
    """Each cluster for its own revision, listed namespaces and kits alike; attached ones, which are in no mesh, for none."""
    mesh = {
        "revision": "asm-1313-9",
        "clusters": {"cloud": {"management": "automatic", "revision": "asm-managed"}},
    }
    fleet = {"features": {"service_mesh": mesh}}
    teams = {"seeiendom": {**SEEIENDOM, "apps_repo": {"url": "https://git.example.com/apps.git"}}}
    shared = organization(promotion=("dev",), teams=teams, gitops={"applier": "argo_cd"})
    attached = environment("dev", aws=AWS, fleet={"features": {"service_mesh": {"revision": "asm-1313-9"}}})

    here = clusters(estate(shared, Environment.model_validate({**ENVIRONMENT, "fleet": fleet})), ["dev"])
    [there] = clusters(estate(shared, attached), ["dev"])

    asked = {
        one.key: {
            *(found.mesh_revision for found in one.namespaces),
            *(team.kit.mesh_revision for team in (one.argo_cd.teams if one.argo_cd else ())),
        }
        for one in (*here, replace(there, key="attached"))
    }
    assert asked == {"apps": {"asm-1313-9"}, "cloud": {"asm-managed"}, "attached": {None}}


def test_quotas_are_those_of_the_environment() -> None:
    """A team may have another one elsewhere, or none."""
    whole = with_tree("none")

    found = {
        (one.environment, found.quota is not None)
        for one in clusters(whole, list(whole.environments))
        for found in one.namespaces
        if found.team == "seeiendom"
    }

    assert found == {("sandbox", False), ("dev", False), ("test", False), ("prod", True)}


def test_prefixes_are_held_where_an_argo_cd_is() -> None:
    """Of the teams that have access there, each with its level, whoever applies the tree."""
    whole = with_tree("argo_cd", namespaces=["monitoring"])

    [sandbox, *_] = clusters(whole, ["sandbox"])
    [prod, *_] = clusters(whole, ["prod"])
    [by_hand, *_] = clusters(with_tree("none"), ["prod"])

    assert sandbox.prefixes == {"seeiendom-": PodSecurity.RESTRICTED}
    assert prod.prefixes == {"grunnbok-": PodSecurity.BASELINE, "seeiendom-": PodSecurity.RESTRICTED}
    [for_teams, *_] = clusters(with_teams_repositories("none"), ["prod"])

    assert for_teams.prefixes == prod.prefixes
    assert (prod.others, by_hand.prefixes, by_hand.others) == (("monitoring",), None, ())


def test_without_a_tree_nothing_is_held() -> None:
    """What a cluster would get can be asked all the same."""
    one = Environment.model_validate(ENVIRONMENT)

    [found, _] = clusters(estate(organization(promotion=("dev",)), one), ["dev"])

    assert (found.prefixes, found.others, found.namespaces) == (None, (), ())


def test_attached_clusters_get_a_default_class_and_what_they_ask_for() -> None:
    """By whoever applies it; others come with theirs."""
    shared = organization(promotion=("dev",), gitops={"applier": "argo_cd"})

    [eks] = clusters(estate(shared, environment("dev", aws=EVERYTHING)), ["dev"])
    others = list(clusters(estate(shared, Environment.model_validate(ENVIRONMENT)), ["dev"]))

    assert eks.storage is not None
    assert [one.name for one in eks.software] == ["aws-load-balancer-controller", "cluster-autoscaler"]
    assert (eks.applier, eks.others) == (Applier.ARGO_CD, ())
    assert [(one.storage, one.software) for one in others] == [(None, ()), (None, ())]
