"""Who may do what, as an auditor asks for it: by who, and by cluster."""

from __future__ import annotations

import json
from typing import Any

import pytest

from estate.model.estate import Estate
from estate.reading.problems import InvalidInput
from operations.check.access import what_may, who_can
from operations.check.access_report import print_rows, rows_json, rows_markdown
from operations.check.access_row import HEADERS, Row
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.model.google.documents import GOOGLE
from tests.model.vmware.documents import CLUSTER, SECTION, changed

ALICE = {"user": "alice@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
PLATFORM = {"group": "platform@example.com"}


def with_admins(*users: str) -> dict[str, Any]:
    """A vmware section whose cluster apps has administrators of its own."""
    return {**SECTION, "user_clusters": {"apps": {**CLUSTER, "admin_users": list(users)}}}


@pytest.fixture(name="whole")
def whole_estate() -> Estate:
    """A team, the platform team, a person and a cluster's administrator in dev and prod."""
    shared = organization(
        platform_team=PLATFORM, teams={"seeiendom": SEEIENDOM}, break_glass={"alice": ALICE}
    )
    return estate(
        shared,
        environment("dev", vmware=with_admins("carol@example.com")),
        environment("prod"),
    )


def brief(rows: list[Row]) -> list[tuple[str, str, str, str]]:
    """Who, where, what and until when."""
    return [(row.who, row.environment, row.role.removeprefix("roles/gkehub."), row.until) for row in rows]


@pytest.mark.parametrize("who", ["seeiendom", "seeiendom@example.com"], ids=["key", "address"])
def test_what_a_team_may_do(whole: Estate, who: str) -> None:
    """In each environment, through which binding, and where."""
    rows = what_may(whole, who, ["dev", "prod"])

    assert brief(rows) == [
        ("seeiendom", "dev", "viewer", ""),
        ("seeiendom", "dev", "gatewayEditor", ""),
        ("seeiendom", "dev", "scopeEditorProjectLevel", ""),
        ("seeiendom", "dev", "scopeEditor", ""),
        ("seeiendom", "dev", "edit", ""),
        ("seeiendom", "prod", "viewer", ""),
        ("seeiendom", "prod", "gatewayReader", ""),
        ("seeiendom", "prod", "scopeViewerProjectLevel", ""),
        ("seeiendom", "prod", "scopeViewer", ""),
        ("seeiendom", "prod", "view", ""),
    ]
    assert (rows[0].through, rows[0].where, rows[0].made_by) == ("project IAM", "project kl-dev-host", "dev")
    assert (rows[3].through, rows[3].where) == ("scope IAM", "scope of team seeiendom")
    assert (rows[4].through, rows[4].where) == (
        "scope RBAC",
        "scope of team seeiendom: namespaces seeiendom-web; clusters apps",
    )
    assert rows[9].where == "scope of team seeiendom: namespaces seeiendom-web; clusters none yet"


def test_only_the_environments_that_are_asked_for(whole: Estate) -> None:
    """An auditor of prod reads prod."""
    assert {row.environment for row in what_may(whole, "seeiendom", ["prod"])} == {"prod"}


def test_what_the_platform_team_and_people_may_do(whole: Estate) -> None:
    """Kubernetes knows no days, so the gateway ends what a person may do there."""
    assert brief(what_may(whole, "platform@example.com", ["dev"])) == [
        ("platform", "dev", "viewer", ""),
        ("platform", "dev", "gatewayAdmin", ""),
        ("platform", "dev", "cluster-admin", ""),
    ]
    by_hand = what_may(whole, "platform", ["dev"])[-1]
    assert (by_hand.through, by_hand.where, by_hand.made_by) == (
        "cluster role binding",
        "cluster apps",
        "hand, with kubectl (hybrid prerequisites dev)",
    )
    assert brief(what_may(whole, "alice", ["dev", "prod"])) == [
        ("alice", "dev", "viewer", "2027-01-31"),
        ("alice", "dev", "gatewayAdmin", "2027-01-31"),
        ("alice", "dev", "cluster-admin", "2027-01-31 by the gateway"),
    ]


def test_config_sync_brings_the_platform_team_s_rights_where_there_is_one() -> None:
    """And is named nowhere else."""
    source = {"git": {"repo": "https://git.example.com/c.git", "secret_type": "none"}}
    one = environment("dev", vmware=SECTION, fleet={"features": {"config_sync": source}})
    whole = estate(organization(promotion=("dev",), platform_team=PLATFORM), one)

    assert (
        what_may(whole, "platform", ["dev"])[-1].made_by == "hand, by Config Sync (hybrid prerequisites dev)"
    )


def test_identities_of_the_clouds_have_rows_of_their_own() -> None:
    """Users and administrators of keys, who makes clusters with them, groups that use a subnet."""
    arn = "arn:aws:iam::012345678901:{}"
    deployer, user, admin = (arn.format(one) for one in ("role/deploy", "user/a/eva", "role/keys"))
    keys = {
        "secrets": {"users": [user], "administrators": [admin]},
        "spare": {},
        "other": {"existing": {"key_arn": "arn:aws:kms:eu-west-1:012345678901:key/a"}},
    }
    section = changed(AWS, deployer=deployer, kms_keys=keys)
    subnets = changed(GOOGLE, gke_clusters=None, network__subnets__gke__network_users=["net@example.com"])
    whole = estate(organization(promotion=("dev",)), environment("dev", aws=section, google=subnets))

    def brief_of(who: str) -> list[tuple[str, str, str]]:
        return [(row.role, row.through, row.where) for row in what_may(whole, who, ["dev"])]

    assert brief_of(deployer) == [("make EKS clusters", "key policy", "KMS key secrets")]
    assert brief_of("user eva") == [("encrypt and decrypt", "key policy", "KMS key secrets")]
    assert brief_of(admin) == [("administer", "key policy", "KMS key secrets")]
    assert brief_of("net@example.com") == [("roles/compute.networkUser", "subnet IAM", "subnet gke")]


def test_a_cluster_s_own_administrators_are_shown_too(whole: Estate) -> None:
    """They come past all groups and all scopes."""
    [row] = what_may(whole, "carol@example.com", ["dev", "prod"])

    assert (row.role, row.through, row.where) == ("cluster-admin", "admin_users", "cluster apps")


@pytest.mark.parametrize("cluster", ["apps", "dev/apps", "kl-dev-apps"])
def test_everybody_who_can_do_anything_in_a_cluster(whole: Estate, cluster: str) -> None:
    """Named by its key, its environment and key, or its full name."""
    rows = who_can(whole, cluster)

    assert {(row.who, row.environment) for row in rows} == {
        ("platform", "dev"),
        ("seeiendom", "dev"),
        ("alice", "dev"),
        ("carol@example.com", "dev"),
    }
    assert len(rows) == 3 + 5 + 3 + 1


def test_in_a_shared_project_a_row_names_the_cluster_s_environment_only() -> None:
    """The binding serves both, the question was about one."""
    shared = organization(teams={"seeiendom": SEEIENDOM})
    whole = estate(
        shared,
        environment("dev", project="kl-host", owner="prod", vmware=SECTION),
        environment("prod", project="kl-host"),
    )

    rows = who_can(whole, "apps")

    assert {(row.environment, row.made_by) for row in rows} == {("dev", "prod"), ("dev", "dev")}
    assert what_may(whole, "seeiendom", ["dev"])[0].environment == "dev, prod"


@pytest.mark.parametrize(
    ("who", "words"),
    [("seiendom", "did you mean seeiendom?"), ("zzz", 'holds no team, group or person "zzz"')],
    ids=["mistyped", "nothing alike"],
)
def test_nobody_of_that_name(whole: Estate, who: str, words: str) -> None:
    """An empty table would read as 'nothing'."""
    with pytest.raises(InvalidInput) as refused:
        what_may(whole, who, ["dev"])

    assert words in str(refused.value)


def test_a_cluster_must_be_meant_clearly(whole: Estate) -> None:
    """None, or several, of that name."""
    vmware = with_admins()
    twice = estate(whole.organization, environment("dev", vmware=vmware), environment("prod", vmware=vmware))

    with pytest.raises(InvalidInput) as unknown:
        who_can(whole, "dev/app")
    with pytest.raises(InvalidInput) as several:
        who_can(twice, "apps")

    assert "did you mean dev/apps?" in str(unknown.value)
    assert "say one of dev/apps, prod/apps" in str(several.value)
    assert {row.environment for row in who_can(twice, "prod/apps")} == {"prod"}


def test_a_team_without_access_here_may_nothing(whole: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    """Said in words, in each form."""
    rows = what_may(whole, "alice", ["prod"])

    print_rows("What alice may do", rows)

    assert rows == []
    assert capsys.readouterr().out == "What alice may do: nothing\n"
    assert rows_markdown("What alice may do", rows) == "## What alice may do\n\nNothing."


def test_the_same_rows_for_people_documents_and_machines(
    whole: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    """One table in three forms."""
    rows = what_may(whole, "carol@example.com", ["dev"])

    print_rows("T", rows)

    assert "cluster-admin  admin_users  cluster apps" in capsys.readouterr().out
    assert rows_markdown("T", rows).splitlines() == [
        "## T",
        "",
        "| " + " | ".join(HEADERS) + " |",
        "| " + " | ".join(["---"] * len(HEADERS)) + " |",
        "| carol@example.com | carol@example.com | dev | cluster-admin | admin_users | cluster apps |  | dev |",
    ]
    assert json.loads(rows_json("T", rows)) == {
        "title": "T",
        "grants": [
            {
                "who": "carol@example.com",
                "address": "carol@example.com",
                "environment": "dev",
                "role": "cluster-admin",
                "through": "admin_users",
                "where": "cluster apps",
                "until": "",
                "made_by": "dev",
            }
        ],
    }
